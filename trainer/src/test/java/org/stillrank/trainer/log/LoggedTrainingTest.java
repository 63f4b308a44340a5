/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;

class LoggedTrainingTest {
  @TempDir private Path folder;

  @Test
  void whatATrainingLogsIsReadBack() throws IOException {
    StepRecord step = new StepRecord(1, .5, 1e-5, 2.25, 17.5, 4000);
    ValidationRecord validation =
        new ValidationRecord(1, "nDCG@10", .7, 1, 3.5, Map.of("a/dev", .6, "b/dev", .8));
    Path file = folder.resolve("log.jsonl");
    try (TrainingLog log = TrainingLog.continuedAfter(file, 0)) {
      log.add(step);
      log.add(validation);
    }
    LoggedTraining training = LoggedTraining.read(file);
    assertThat(training.steps()).containsExactly(step);
    assertThat(training.validations()).containsExactly(validation);
    assertThat(training.measures()).containsExactly("nDCG@10");
  }

  /** Killed after step 4, and gone on from the checkpoint of step 2. */
  @Test
  void afterARestartTheLaterRecordsCount() throws IOException {
    LoggedTraining training =
        read(
            step(1, .1),
            step(2, .2),
            validation(2, "nDCG@10", .5, 2),
            step(3, .3),
            step(4, .4),
            validation(4, "nDCG@10", .9, 4),
            step(3, .33));
    assertThat(training.steps()).extracting(StepRecord::step).containsExactly(1, 2, 3);
    assertThat(training.steps()).extracting(StepRecord::loss).containsExactly(.1, .2, .33);
    assertThat(training.validations()).extracting(ValidationRecord::step).containsExactly(2);
  }

  @Test
  void aValidationThatIsMadeUpForCountsOnceForEachMeasure() throws IOException {
    LoggedTraining training =
        read(
            step(1, .1),
            validation(1, "nDCG@10", .5, 1),
            validation(1, "RR@10", .4, 1),
            validation(1, "nDCG@10", .6, 1),
            step(2, .1),
            validation(2, "nDCG@10", .55, 1),
            validation(2, "RR@10", .45, 2));
    assertThat(training.measures()).containsExactly("nDCG@10", "RR@10");
    assertThat(training.validations("nDCG@10"))
        .extracting(ValidationRecord::value)
        .containsExactly(.6, .55);
    assertThat(training.validations())
        .filteredOn(training::isBest)
        .extracting(ValidationRecord::value)
        .containsExactly(.6, .45);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"step\":2,\"lo", "{", "{\"step\":2,\"measure\":\"nDCG@10\",\"value\":0"})
  void halfALineAtTheEndIsLeftOut(String half) throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), step(1, .1) + "\n" + half);
    assertThat(LoggedTraining.read(file).steps()).hasSize(1);
    Files.writeString(file, step(1, .1) + "\n" + half + "\n" + step(2, .2) + "\n");
    assertThatThrownBy(() -> LoggedTraining.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("log.jsonl:2: is no JSON", "remove the line");
  }

  @Test
  void aWholeLineWithoutItsEndCounts() throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), step(1, .1) + "\n" + step(2, .2));
    assertThat(LoggedTraining.read(file).steps()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"step\":2}                        | is no record",
        "[1, 2]                              | is no record",
        "{\"step\":2,\"loss\":\"NaN\"}       | [loss] is [\"NaN\"], not a finite number",
        "{\"step\":2,\"loss\":1e999}         | [loss] is [",
        "{\"step\":2,\"loss\":0.5}           | [learning_rate] is missing",
        "{\"step\":-2,\"loss\":0.5}          | [step] is [-2], not a step",
        "{\"step\":2.5,\"loss\":0.5}         | [step] is [2.5], not a step",
        "{\"measure\":5,\"step\":2}          | [measure] is [5], not a text",
        "{\"measure\":\"RR\",\"step\":2}     | [value] is missing",
      })
  void aBrokenLineIsNamed(String line, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), step(1, .1) + "\n" + line + "\n");
    assertThatThrownBy(() -> LoggedTraining.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("log.jsonl:2: ", problem, "remove the line");
  }

  @Test
  void aLogWithoutAStepIsRefused() throws IOException {
    Path file = folder.resolve("log.jsonl");
    assertThatThrownBy(() -> LoggedTraining.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("log.jsonl] does not exist", "output folder of a training");
    Files.writeString(file, "");
    assertThatThrownBy(() -> LoggedTraining.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("log.jsonl] holds no step");
  }

  private LoggedTraining read(String... lines) throws IOException {
    return LoggedTraining.read(
        Files.writeString(folder.resolve("log.jsonl"), String.join("\n", lines) + "\n"));
  }

  private static String step(int step, double loss) {
    return "{\"step\":"
        + step
        + ",\"loss\":"
        + loss
        + ",\"learning_rate\":1e-5,\"gradient_norm\":1,\"pairs_per_second\":9,"
        + "\"tokens_per_second\":900}";
  }

  private static String validation(int step, String measure, double value, int bestStep) {
    return "{\"step\":"
        + step
        + ",\"measure\":\""
        + measure
        + "\",\"value\":"
        + value
        + ",\"best_step\":"
        + bestStep
        + ",\"seconds\":1.5}";
  }
}
