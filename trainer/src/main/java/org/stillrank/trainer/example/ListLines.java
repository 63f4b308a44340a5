/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Training lists as JSON, one a line. */
final class ListLines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ListLines() {}

  static void write(Path file, List<TrainingList> lists) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (TrainingList list : lists) {
        out.write(JSON.writeValueAsString(list));
        out.write('\n');
      }
    }
  }

  static List<TrainingList> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is missing; delete its folder and run `stillrank train prepare` again");
    }
    List<TrainingList> lists = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lists.add(parse(line, file, lists.size() + 1));
      }
    }
    return lists;
  }

  private static TrainingList parse(String line, Path file, int number) {
    try {
      return JSON.readValue(line, TrainingList.class);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] line "
              + number
              + " is no training list: "
              + e.getOriginalMessage()
              + "; delete its folder and run `stillrank train prepare` again",
          e);
    }
  }
}
