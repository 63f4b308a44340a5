/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.RawSchedule.Order;
import org.stillrank.bench.speed.SpeedWorkload.Request;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;

class SpeedTest {
  private static final int ANY = Integer.MAX_VALUE;

  @Test
  void plainSchedulesCutBatchesAsTheyAreNamed() {
    int[] lengths = {3, 9, 4, 4};
    assertThat(batches(Order.GIVEN, ANY, ANY, lengths)).isEqualTo(List.of(List.of(0, 1, 2, 3)));
    assertThat(batches(Order.GIVEN, 1, ANY, lengths))
        .isEqualTo(List.of(List.of(0), List.of(1), List.of(2), List.of(3)));
    assertThat(batches(Order.GIVEN, 3, ANY, lengths))
        .isEqualTo(List.of(List.of(0, 1, 2), List.of(3)));
    assertThat(batches(Order.LONGEST_FIRST, ANY, 12, lengths))
        .isEqualTo(List.of(List.of(1), List.of(2, 3, 0)));
  }

  @Test
  void productAndPlainRuntimeGiveTheSameScoresAndEveryRequestIsTimed() throws IOException {
    Path model = SharedFiles.project("reranker/src/test/resources/models/bert-two-outputs");
    List<String> passages =
        IntStream.range(1, 30).mapToObj(n -> "ships wait for ice ".repeat(n % 11)).toList();
    SpeedWorkload workload =
        new SpeedWorkload(
            "test", List.of(new Request("ice", passages), new Request("ships", passages)));

    SpeedComparison comparison =
        ScheduleMeasurement.run(ModelBundle.open(model), workload, List.of(), Progress.silent());

    assertThat(comparison.largestDifference()).isLessThan(1e-5);
    assertThat(comparison.seconds()).allSatisfy(each -> assertThat(each).hasSize(2));
    assertThat(SpeedReport.ofSchedules(comparison))
        .contains("raw, one padded batch", "raw, one pair at a time", "largest difference");
  }

  @Test
  void ratiosAreMediansOverRequests() {
    SpeedComparison comparison =
        new SpeedComparison(
            List.of("a", "b"),
            List.of(List.of(1.0, 2.0, 4.0), List.of(2.0, 2.0, 2.0)),
            List.of(List.of(3.0, 3.0, 3.0), List.of(2.0, 2.0, 2.0)),
            List.of(10, 10, 10),
            0);
    assertThat(comparison.medianRatio(0, 1)).isEqualTo(1);
    assertThat(comparison.medianCpuRatio(0, 1)).isEqualTo(1.5);
    assertThat(comparison.medianSeconds(0)).isEqualTo(2);
    assertThat(comparison.pairsPerSecond(1)).isEqualTo(5, within(1e-12));
  }

  @Test
  void everyWayStandsBesideTheFastestPlainSchedule() {
    List<List<Double>> seconds = List.of(List.of(3.0), List.of(4.0), List.of(2.0), List.of(5.0));
    SpeedComparison comparison =
        new SpeedComparison(
            List.of("reranker", "raw, padded", "raw, small", "clause"),
            seconds,
            seconds,
            List.of(10),
            2e-6);
    assertThat(SpeedReport.ofWays(comparison).lines().skip(1).toList())
        .satisfiesExactly(
            line -> assertThat(words(line)).endsWith("3.000", "3.3", "1.500", "1.500"),
            line -> assertThat(words(line)).endsWith("4.000", "2.5", "2.000", "2.000"),
            line -> assertThat(words(line)).endsWith("2.000", "5.0", "1.000", "1.000"),
            line -> assertThat(words(line)).endsWith("5.000", "2.0", "2.500", "2.500"),
            line ->
                assertThat(line)
                    .isEqualTo("reranker: 1.500 of the fastest plain schedule (raw, small)"),
            line -> assertThat(line).startsWith("raw, padded: 2.000 of the fastest"),
            line -> assertThat(line).startsWith("clause: 2.500 of the fastest"),
            line -> assertThat(line).isEqualTo("largest difference of any score: 2.0e-06"));
  }

  private static List<String> words(String line) {
    return List.of(line.trim().split(" +"));
  }

  @Test
  void roundsRepeatTheRequestsInTheirOrder() {
    Request ice = new Request("ice", List.of("a"));
    Request ships = new Request("ships", List.of("b"));
    assertThat(new SpeedWorkload("test", List.of(ice, ships)).repeated(2).requests())
        .containsExactly(ice, ships, ice, ships);
    assertThatThrownBy(() -> new SpeedWorkload("test", List.of(ice)).repeated(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[0] rounds measure nothing");
  }

  private static List<List<Integer>> batches(
      Order order, int maxRows, int maxTokens, int[] lengths) {
    return new RawSchedule("", 1, 1, order, maxRows, maxTokens)
        .batches(lengths).stream().map(batch -> IntStream.of(batch).boxed().toList()).toList();
  }
}
