/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.HolmCorrection;
import org.stillrank.bench.significance.WinsTiesLosses;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunComparisonTest {
  private static final List<Measure> MEASURES = Measure.parseList("RR,P@1");

  @TempDir Path folder;
  private Path qrels;
  private Path baseline;

  @BeforeEach
  void threeTopicsOfOneRelevantDocument() throws IOException {
    qrels = file("qrels", "1 0 good 1", "2 0 good 1", "3 0 good 1");
    // Reciprocal ranks 1, 1/2 and, without hits, 0.
    baseline = run("baseline", "1 good bad", "2 bad good");
  }

  @Test
  void comparesEveryRunWithTheBaselineInEveryMeasure() throws IOException {
    Path better = run("better", "1 good", "2 good", "3 bad good");
    Path worse = run("worse", "1 bad good", "2 bad good");

    ComparisonReport report = compare(baseline, better, worse);

    assertThat(report.topics()).isEqualTo(3);
    assertThat(report.systems())
        .extracting(EvaluatedSystem::name)
        .containsExactly("baseline", "better", "worse");
    assertThat(report.comparisons())
        .extracting(each -> each.measure().name() + " " + each.system())
        .containsExactly("RR better", "RR worse", "P@1 better", "P@1 worse");
    Comparison rr = report.comparisons().getFirst().comparison();
    assertThat(rr.baselineMean()).isEqualTo(.5);
    assertThat(rr.systemMean()).isEqualTo(2.5 / 3);
    assertThat(rr.winsTiesLosses()).isEqualTo(new WinsTiesLosses(2, 1, 0));
    assertThat(rr.randomization().pValue()).isEqualTo(.5);
    assertThat(rr.movedMost(1)).containsExactly(new TopicChange("2", .5, 1));
    assertThat(rr.movedMost(9)).extracting(TopicChange::topic).containsExactly("2", "3");
  }

  @Test
  void correctsOverTheSystemsInOneMeasure() throws IOException {
    ComparisonReport report =
        compare(
            baseline,
            run("better", "1 good", "2 good", "3 bad good"),
            run("worse", "1 bad good", "2 bad good"));

    List<Double> plain =
        report.comparisons().stream().map(each -> each.comparison().tTestPValue()).toList();
    assertThat(report.comparisons().subList(2, 4))
        .extracting(CorrectedComparison::tTestHolm)
        .isEqualTo(HolmCorrection.adjusted(plain.subList(2, 4)))
        .isNotEqualTo(plain.subList(2, 4));
  }

  @Test
  void showsTheTableAndTheTopicsThatMoved() throws IOException {
    ComparisonReport report =
        compare(
            baseline,
            run("better", "1 good", "2 good", "3 bad good"),
            run("same", "2 bad good", "1 good bad"));

    // t and p of (0, .5, .5): scipy.stats.ttest_1samp gives .1835; of (0, 1, 0): .4226.
    assertThat(ComparisonText.table(report))
        .isEqualTo(
            """
            measure  system    mean    change   t-test p  (Holm)    randomisation p  (Holm)    d_z     wins/ties/losses
            RR       baseline  0.5000
            RR       better    0.8333  +0.3333  0.1835    (0.3670)  0.5000           (1.0000)  +1.155  2/1/0
            RR       same      0.5000  +0.0000  1.0000    (1.0000)  1.0000           (1.0000)  -       0/3/0
            P@1      baseline  0.3333
            P@1      better    0.6667  +0.3333  0.4226    (0.8453)  1.0000           (1.0000)  +0.577  1/2/0
            P@1      same      0.3333  +0.0000  1.0000    (1.0000)  1.0000           (1.0000)  -       0/3/0
            3 topics, against baseline; p two-sided, (Holm) corrected over 2 systems in each measure; randomisation exact.
            """);
    assertThat(ComparisonText.movedMost(report, 1))
        .isEqualTo(
            """
            Moved most in RR by better:
            topic  baseline  system  change
            2      0.5000    1.0000  +0.5000

            No topic moved in RR by same.

            Moved most in P@1 by better:
            topic  baseline  system  change
            2      0.0000    1.0000  +1.0000

            No topic moved in P@1 by same.

            """);
  }

  @Test
  void writesJsonWithFullPrecision() throws IOException {
    ComparisonReport report =
        compare(baseline, run("better", "1 good", "2 good", "3 bad good"), run("same", "1 good"));
    Path json = folder.resolve("comparison.json");

    ComparisonJson.write(json, report, 1);

    JsonNode read = JsonMapper.builder().build().readTree(json);
    assertThat(read.at("/baseline").asString()).isEqualTo("baseline");
    assertThat(read.at("/systems/1/measures/RR").asDouble()).isEqualTo(2.5 / 3);
    assertThat(read.at("/tests").size()).isEqualTo(4);
    JsonNode first = read.at("/tests/0");
    assertThat(first.at("/t_test/p").asDouble())
        .isEqualTo(report.comparisons().getFirst().comparison().tTestPValue());
    assertThat(first.at("/randomization/patterns").asString()).isEqualTo("all");
    assertThat(first.at("/wins").asInt()).isEqualTo(2);
    assertThat(first.at("/moved").size()).isEqualTo(1);
    assertThat(first.at("/moved/0/change").asDouble()).isEqualTo(.5);
    assertThat(read.at("/tests/3/measure").asString()).isEqualTo("P@1");
    assertThat(read.at("/tests/3/d_z").isNull()).isTrue();
  }

  @Test
  void namesRunsByTheirPathWhenTheirFilesAreNamedAlike() throws IOException {
    Files.createDirectory(folder.resolve("other"));
    Path other = run("other/baseline", "1 good");

    assertThat(compare(baseline, other).systems())
        .extracting(EvaluatedSystem::name)
        .containsExactly(baseline.toString(), other.toString());
  }

  @Test
  void refusesRunsThatCannotBeCompared() throws IOException {
    Path other = run("other", "1 good");
    assertRefused("[" + baseline + "] is the only run; give one more to compare it with", baseline);
    assertRefused(
        "[" + baseline + "] is the only run; give one more to compare it with",
        baseline,
        folder.resolve("./baseline"));
    assertRefused("run [" + other + "] is given twice; drop one", baseline, other, other);
    Path elsewhere = run("elsewhere", "9 good");
    assertRefused(
        "run ["
            + elsewhere
            + "] has none of the topics judged in ["
            + qrels
            + "]; give the judgements of its topics",
        baseline,
        elsewhere);
    qrels = file("qrels", "1 0 good 1");
    assertRefused(
        "[1] judged topic shows nothing about two systems; give judgements of more topics",
        baseline,
        other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | 0   | samples [0]: give 1 or more",
        "10 | -1  | tie tolerance [-1.0]: give 0 or more",
        "10 | NaN | tie tolerance [NaN]: give 0 or more"
      })
  void refusesSettings(int samples, double tolerance, String message) {
    assertThatThrownBy(() -> new ComparisonSettings(1, samples, tolerance))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private void assertRefused(String message, Path... runs) {
    assertThatThrownBy(() -> compare(runs))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private ComparisonReport compare(Path... runs) throws IOException {
    return RunComparison.of(
        runs[0], Arrays.asList(runs), qrels, MEASURES, ComparisonSettings.seeded(1));
  }

  /** Each line is a topic and its documents, best first. */
  private Path run(String name, String... rankings) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String ranking : rankings) {
      List<String> words = List.of(ranking.split(" "));
      for (int rank = 1; rank < words.size(); rank++) {
        lines.append(words.getFirst()).append(" Q0 ").append(words.get(rank)).append(' ');
        lines.append(rank).append(' ').append(10 - rank).append(" tag\n");
      }
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
