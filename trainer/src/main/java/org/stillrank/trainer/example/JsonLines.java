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

/** Records as JSON, one a line. */
final class JsonLines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private JsonLines() {}

  static void write(Path file, List<? extends Record> records) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Record each : records) {
        out.write(JSON.writeValueAsString(each));
        out.write('\n');
      }
    }
  }

  /**
   * @param what a line is called when it is refused
   */
  static <T extends Record> List<T> read(Path file, Class<T> type, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is missing; delete its folder and run `stillrank train prepare` again");
    }
    List<T> records = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        records.add(parse(line, type, file, what, records.size() + 1));
      }
    }
    return records;
  }

  private static <T> T parse(String line, Class<T> type, Path file, String what, int number) {
    try {
      return JSON.readValue(line, type);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "["
              + file
              + "] line "
              + number
              + " is no "
              + what
              + ": "
              + e.getOriginalMessage()
              + "; delete its folder and run `stillrank train prepare` again",
          e);
    }
  }
}
