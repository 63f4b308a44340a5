/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.reranker.input.InvalidInputException;

/** A {@code vocab.txt}: one token a line, the id is the line's place from 0. */
final class VocabularyLines {
  private VocabularyLines() {}

  /** The ids of the tokens, in their order. Empty lines at the end say nothing and are left out. */
  static Map<String, Integer> read(Path file) throws IOException {
    List<String> lines = lines(file);
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(end);
    for (int i = 0; i < end; i++) {
      String token = lines.get(i);
      if (token.isEmpty()) {
        throw new InvalidInputException(
            "["
                + file
                + "] line "
                + (i + 1)
                + " is empty, which would shift the ids of the tokens after it;"
                + " copy the file again");
      }
      Integer before = ids.putIfAbsent(token, i);
      if (before != null) {
        throw new InvalidInputException(
            "["
                + file
                + "] line "
                + (i + 1)
                + " repeats the token ["
                + token
                + "] of line "
                + (before + 1)
                + "; a token has one id: copy the file again");
      }
    }
    return ids;
  }

  static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new InvalidInputException("[" + file + "] is not UTF-8; copy the file again", e);
    }
  }
}
