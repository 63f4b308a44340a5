/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.storage.AtomicOutput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log of a training: one JSON object a line, written at once. A resumed training goes on in it
 * where its checkpoint stands, so that every step is there once.
 */
public final class TrainingLog implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Writer out;

  private TrainingLog(Writer out) {
    this.out = out;
  }

  /** Opens the log and drops the lines of steps after {@code step}, which will be done again. */
  public static TrainingLog continuedAfter(Path file, int step) throws IOException {
    List<String> kept = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readString(file).split("\n")) {
        if (stepOf(line) <= step) {
          kept.add(line + "\n");
        }
      }
    }
    AtomicOutput.file(
        file, out -> out.write(String.join("", kept).getBytes(StandardCharsets.UTF_8)));
    return new TrainingLog(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
  }

  /** A line that a kill cut off belongs to a step that will be done again. */
  private static int stepOf(String line) {
    try {
      return JSON.readTree(line).path("step").asInt(Integer.MAX_VALUE);
    } catch (JacksonException e) {
      return Integer.MAX_VALUE;
    }
  }

  public void add(StepRecord step) {
    write(step);
  }

  public void add(ValidationRecord validation) {
    write(validation);
  }

  private void write(Record line) {
    try {
      out.write(JSON.writeValueAsString(line));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the training log cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
