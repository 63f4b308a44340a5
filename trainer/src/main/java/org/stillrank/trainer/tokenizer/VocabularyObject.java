/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.reranker.input.InvalidInputException;

/** A {@code vocab.json}: an object of tokens and their ids. */
final class VocabularyObject {
  private VocabularyObject() {}

  /** The ids of the tokens, in the file's order. */
  static Map<String, Integer> read(Path file) throws IOException {
    Map<String, Integer> ids = new LinkedHashMap<>();
    Map<Integer, String> tokens = new HashMap<>();
    for (var entry : JsonFile.read(file).properties()) {
      if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
        throw new InvalidInputException(
            "["
                + file
                + "] gives the token ["
                + entry.getKey()
                + "] the id ["
                + entry.getValue()
                + "]; it must be a whole number, 0 or more: copy the file again");
      }
      int id = entry.getValue().intValue();
      ids.put(entry.getKey(), id);
      String before = tokens.putIfAbsent(id, entry.getKey());
      if (before != null) {
        throw new InvalidInputException(
            "["
                + file
                + "] gives the id ["
                + id
                + "] to the tokens ["
                + before
                + "] and ["
                + entry.getKey()
                + "]; copy the file again");
      }
    }
    requireNoGap(file, tokens);
    return ids;
  }

  // Added tokens take the ids after the last one, by how many there are.
  private static void requireNoGap(Path file, Map<Integer, String> tokens) {
    for (int id = 0; id < tokens.size(); id++) {
      if (!tokens.containsKey(id)) {
        throw new InvalidInputException(
            "["
                + file
                + "] has ["
                + tokens.size()
                + "] tokens and none with the id ["
                + id
                + "]; ids must follow each other from 0: copy the file again");
      }
    }
  }
}
