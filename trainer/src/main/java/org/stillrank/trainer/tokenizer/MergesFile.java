/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stillrank.reranker.input.InvalidInputException;

/** A {@code merges.txt}: two tokens a line that are joined, the most urgent merge first. */
final class MergesFile {
  private MergesFile() {}

  /** The merges as {@code "left right"}; every token they take or make is in the vocabulary. */
  static List<String> read(Path file, Map<String, Integer> vocabulary) throws IOException {
    List<String> lines = VocabularyLines.lines(file);
    List<String> merges = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean header = i == 0 && line.startsWith("#version");
      boolean end = i == lines.size() - 1 && line.isEmpty();
      if (header || end) {
        continue;
      }
      String[] parts = line.split(" ", -1);
      if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new InvalidInputException(
            "["
                + file
                + "] line "
                + (i + 1)
                + " is ["
                + line
                + "]; it must be two tokens with one space between: copy the file again");
      }
      for (String token : List.of(parts[0], parts[1], parts[0] + parts[1])) {
        if (!vocabulary.containsKey(token)) {
          throw new InvalidInputException(
              "["
                  + file
                  + "] line "
                  + (i + 1)
                  + " ["
                  + line
                  + "] takes or makes the token ["
                  + token
                  + "], which is not in vocab.json; copy both files of one model");
        }
      }
      merges.add(line);
    }
    return merges;
  }
}
