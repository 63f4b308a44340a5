/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExperimentFilesTest {
  private static final List<Measure> MEASURES = Measure.parseList("RR,P@1");
  private static final Qrels QRELS =
      Qrels.of(
          Map.of(
              "1",
              Map.of("good", 1),
              "2",
              Map.of("good", 1),
              "3",
              Map.of("good", 1),
              "4",
              Map.of("good", 1)));

  @TempDir Path folder;

  @Test
  void summaryHasMeansAndTestsInFullPrecision() throws IOException {
    ExperimentFiles.write(folder, result(), List.of());
    JsonNode summary =
        JsonMapper.builder().build().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.get("collection").asString()).isEqualTo("four");
    assertThat(summary.get("split").asString()).isEqualTo("test");
    JsonNode model = summary.get("systems").get(1);
    assertThat(model.get("name").asString()).isEqualTo("hub/model");
    // reciprocal ranks 1, 1, 1, 1/3 against 1/2, 1/3, 1, 1/2
    assertThat(model.get("measures").get("RR").asDouble())
        .isCloseTo((3 + 1 / 3.0) / 4, within(1e-15));
    JsonNode test = summary.get("tests").get(0);
    assertThat(test.get("measure").asString()).isEqualTo("RR");
    assertThat(test.get("baseline").asString()).isEqualTo("bm25");
    assertThat(test.get("system").asString()).isEqualTo("hub/model");
    assertThat(test.get("change").asDouble()).isCloseTo(0.25, within(1e-12));
    assertThat(List.of(test.get("wins").asInt(), test.get("ties").asInt())).containsExactly(2, 1);
    // differences 1/2, 2/3, 0, -1/6: |sum| >= 1 for 4 of the 8 sign patterns of the three
    assertThat(test.get("randomization").get("p").asDouble()).isEqualTo(0.5);
    assertThat(test.get("randomization").get("holm").asDouble()).isEqualTo(1.0);
  }

  @Test
  void oneTopicHasMeansAndNoTests() {
    Qrels one = Qrels.of(Map.of("1", Map.of("good", 1)));
    List<Run> runs = List.of(run("bm25", 2), run("model", 1));
    ExperimentResult result =
        ExperimentResult.of("one", "test", runs, one, MEASURES, ComparisonSettings.seeded(1));
    assertThat(result.report().comparisons()).isEmpty();
    assertThat(ExperimentTable.of(result)).contains("one, test split", "1.0000", "1 topics");
  }

  @Test
  void runsAndTopicValuesAreWrittenUnderNamesThatAreNoFolders() throws IOException {
    ExperimentFiles.write(folder, result(), List.of());
    assertThat(folder.resolve("hub_model.run")).exists();
    assertThat(Files.readAllLines(folder.resolve("per-query.tsv")))
        .hasSize(1 + 3 * 2 * 4)
        .startsWith("query-id\tmeasure\tsystem\tvalue")
        .contains("2\tRR\tbm25\t0.3333333333333333", "4\tP@1\thub/model\t0.0");
  }

  @Test
  void aSummaryOfBeforeIsGoneWhenWritingFails() throws IOException {
    ExperimentFiles.write(folder, result(), List.of());
    Files.delete(folder.resolve("per-query.tsv"));
    Files.createDirectories(folder.resolve("per-query.tsv/occupied"));
    assertThatThrownBy(() -> ExperimentFiles.write(folder, result(), List.of()))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("summary.json")).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".partial"))).isEmpty();
    }
  }

  @Test
  void refusesAFileForAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> ExperimentFiles.write(file, result(), List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("[" + file + "] is a file; give a folder to write to");
  }

  private static ExperimentResult result() {
    return ExperimentResult.of(
        "four",
        "test",
        List.of(run("bm25", 2, 3, 1, 2), run("hub/model", 1, 1, 1, 3), run("mixed", 1, 1, 1, 2)),
        QRELS,
        MEASURES,
        ComparisonSettings.seeded(1));
  }

  /** A system that puts the relevant document of topics 1 to 4 at these ranks. */
  private static Run run(String name, int... ranks) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (int topic = 0; topic < ranks.length; topic++) {
      ScoredDocument[] hits = new ScoredDocument[3];
      for (int i = 0; i < hits.length; i++) {
        hits[i] = new ScoredDocument(i + 1 == ranks[topic] ? "good" : "bad" + i, 3 - i);
      }
      rankings.put("" + (topic + 1), List.of(hits));
    }
    return new Run(name, rankings);
  }
}
