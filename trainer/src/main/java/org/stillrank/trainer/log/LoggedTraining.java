/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.stillrank.bench.lines.Line;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training has logged so far. Where a step comes again, the training went on from a
 * checkpoint before it: the later record counts, and what was logged of later steps before is
 * forgotten.
 *
 * @param steps each step once, in their order
 * @param validations of each step and measure one, in the order of their steps
 */
public record LoggedTraining(List<StepRecord> steps, List<ValidationRecord> validations) {
  public LoggedTraining {
    steps = List.copyOf(steps);
    validations = List.copyOf(validations);
  }

  /**
   * Reads a log, also while it is written: half a line at its end is left out.
   *
   * @throws InvalidInputException naming file and line when the log is missing, when it holds no
   *     step, or when another line is no record
   */
  public static LoggedTraining read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] does not exist; name the output folder of a training");
    }
    String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
    NavigableMap<Integer, StepRecord> steps = new TreeMap<>();
    NavigableMap<Integer, SequencedMap<String, ValidationRecord>> validations = new TreeMap<>();
    for (int i = 0; i < lines.length; i++) {
      boolean cutOff = i == lines.length - 1 && !isJson(lines[i]);
      if (cutOff || lines[i].isBlank()) {
        continue;
      }
      switch (LogLine.read(new Line(file, i + 1, lines[i]))) {
        case StepRecord step -> {
          steps.tailMap(step.step(), true).clear();
          validations.tailMap(step.step(), true).clear();
          steps.put(step.step(), step);
        }
        case ValidationRecord validation ->
            validations
                .computeIfAbsent(validation.step(), step -> new LinkedHashMap<>())
                .put(validation.measure(), validation);
        default -> throw new IllegalStateException("another record");
      }
    }
    if (steps.isEmpty()) {
      throw new InvalidInputException(
          "[" + file + "] holds no step; let the training do its first one");
    }
    return new LoggedTraining(
        List.copyOf(steps.values()),
        validations.values().stream().flatMap(each -> each.values().stream()).toList());
  }

  /** What was validated, such as {@code nDCG@10}. */
  public List<String> measures() {
    return validations.stream().map(ValidationRecord::measure).distinct().toList();
  }

  /** The validations by a measure, in the order of their steps. */
  public List<ValidationRecord> validations(String measure) {
    return validations.stream().filter(each -> each.measure().equals(measure)).toList();
  }

  /** Whether a validation is the best so far, as the training itself told the last time. */
  public boolean isBest(ValidationRecord validation) {
    return validation.step() == validations(validation.measure()).getLast().bestStep();
  }

  /** The end of a line is written last, so what lacks it may be half a record. */
  private static boolean isJson(String line) {
    try {
      JsonMapper.shared().readTree(line);
      return true;
    } catch (JacksonException e) {
      return false;
    }
  }
}
