/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;

/** A run is refused when it is made, long before a step. */
class RequiredDataTest {
  private static final TrainingList WHOLE = list("whole", List.of(1, 0), List.of(2.0, 1.0));
  private static final TrainingList UNSCORED = list("unscored", List.of(1, 0), null);
  private static final TrainingList IRRELEVANT =
      list("irrelevant", List.of(0, 0), List.of(2.0, 1.0));
  private static final TrainingList RELEVANT = list("relevant", List.of(1, 3), List.of(2.0, 1.0));
  private static final TrainingList SINGLE = list("single", List.of(1), List.of(2.0));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hinge | irrelevant | no relevant document, of grade 1 or above | leave this query out",
        "hinge | relevant | no document beside the relevant ones | more documents with [candidates]",
        "hinge | single | no document beside the relevant ones | more documents with [candidates]",
        "infonce | irrelevant | no relevant document | leave this query out",
        "infonce | single | no document beside the relevant ones | leave this query out",
        "margin-mse | unscored | no teacher scores | name a [teacher]",
        "margin-mse | single | no document beside the relevant ones | leave this query out",
        "distill-ranknet | unscored | no teacher scores | name a [teacher]",
        "distill-ranknet | single | only one document | more documents with [candidates]",
        "adr-mse | unscored | no teacher scores | name a [teacher]",
        "adr-mse | single | only one document | leave this query out",
        "pld | unscored | no teacher scores | name a [teacher]",
        "pld | single | only one document | leave this query out",
        "bixse | unscored | no teacher scores | name a [teacher]",
        "bixse, highest_grade: 2 | relevant | a grade above [2] | set [highest_grade]",
      })
  void refusesNamingQuerySourceObjectiveAndRemedy(
      String kind, String topic, String lack, String remedy) {
    assertThatThrownBy(() -> run(kind, topic))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "query [" + topic + "] of [tiny/train] has " + lack,
            "and [objectives] name [" + kind.replaceAll(",.*", "") + "]; ",
            remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bce | unscored",
        "bce | irrelevant",
        "bce | relevant",
        "bce | single",
        "hinge | unscored",
        "infonce | unscored",
        "distill-ranknet | irrelevant",
        "distill-ranknet | relevant",
        "adr-mse | irrelevant",
        "pld | irrelevant",
        "pld | relevant",
        "bixse | single",
        "bixse, highest_grade: 3 | unscored",
        "bixse, highest_grade: 3 | relevant",
      })
  void takesWhatTheObjectiveCanLearnFrom(String kind, String topic) {
    assertThatCode(() -> run(kind, topic)).doesNotThrowAnyException();
  }

  @Test
  void aSetWithoutListsIsRefused() {
    assertThatThrownBy(() -> new TrainingRun(config("bce"), set(List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no training lists");
  }

  private void run(String kind, String topic) throws IOException {
    TrainingList second =
        List.of(UNSCORED, IRRELEVANT, RELEVANT, SINGLE).stream()
            .filter(list -> list.topicId().equals(topic))
            .findFirst()
            .orElseThrow();
    assertThat(new TrainingRun(config(kind), set(List.of(WHOLE, second)))).isNotNull();
  }

  private TrainingConfig config(String kind) throws IOException {
    String yaml =
        Files.readString(SharedFiles.project("trainer/src/test/resources/config.yaml"))
            .replace("  - {kind: infonce, weight: 1.0}\n", "")
            .replace("{kind: margin-mse, weight: 0.05}", "{kind: " + kind + ", weight: 1.0}");
    return TrainingConfig.read(Files.writeString(folder.resolve("config.yaml"), yaml));
  }

  private static TrainingSet set(List<TrainingList> lists) {
    return new TrainingSet(lists, List.of(), new Preparation("f", List.of(), "", 0));
  }

  private static TrainingList list(String topic, List<Integer> grades, List<Double> teacher) {
    List<Candidate> candidates =
        grades.stream().map(grade -> new Candidate("d" + grade, "text")).toList();
    return new TrainingList("tiny/train", topic, "query", candidates, grades, teacher);
  }
}
