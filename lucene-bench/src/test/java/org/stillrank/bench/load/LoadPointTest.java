/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LoadPointTest {
  private static final long SECOND = 1_000_000_000L;

  /** The worked example of the nearest-rank method that textbooks give. */
  @Test
  void percentilesAreThoseOfTheNearestRank() {
    Latencies five = new Latencies(List.of(50.0, 15.0, 40.0, 35.0, 20.0));
    assertThat(List.of(5, 30, 40, 50, 100))
        .extracting(percent -> five.percentile(percent).orElseThrow())
        .containsExactly(15.0, 20.0, 20.0, 35.0, 50.0);
    Latencies hundred =
        new Latencies(DoubleStream.iterate(1, n -> n + 1).limit(100).boxed().toList());
    assertThat(List.of(50, 95, 99))
        .extracting(percent -> hundred.percentile(percent).orElseThrow())
        .containsExactly(50.0, 95.0, 99.0);
    assertThat(new Latencies(List.of()).percentile(95)).isEmpty();
  }

  /** The definition itself, by counting. */
  @Property(tries = 200)
  void noSmallerLatencyCoversAsMany(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 9) Integer> values,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    List<Double> latencies = values.stream().map(Integer::doubleValue).toList();
    double found = new Latencies(latencies).percentile(percent).orElseThrow();
    assertThat(latencies).contains(found);
    assertThat(100 * covered(latencies, found)).isGreaterThanOrEqualTo(percent * latencies.size());
    for (double smaller : latencies) {
      if (smaller < found) {
        assertThat(100 * covered(latencies, smaller)).isLessThan(percent * latencies.size());
      }
    }
  }

  private static int covered(List<Double> latencies, double limit) {
    return (int) latencies.stream().filter(each -> each <= limit).count();
  }

  /** Measured from second 10 to 20. */
  @Test
  void answersCountWhereTheyCameAndSearchesWhereTheyWereAsked() {
    MeasuredTime time = new MeasuredTime(10 * SECOND, 20 * SECOND);
    List<TimedAnswer> all =
        new ArrayList<>(
            List.of(
                found(1, 9, 7), // over before it began
                found(8, 12, 100), // of the warm-up, but answered in time
                found(12, 13, 100),
                found(13, 16, 50),
                found(18, 26, 100), // asked in time, answered after it
                found(20, 21, 7), // after the end
                ended(14, new Answer.Refused()),
                ended(15, new Answer.Refused()),
                ended(17, new Answer.Lost("second")),
                ended(16, new Answer.Failed("first")),
                ended(9, new Answer.Failed("before"))));
    Collections.shuffle(all, new Random(1));
    LoadPoint point = LoadPoint.of(4, time, all, List.of(found(11, 12, 0)));

    assertThat(point.searchesPerSecond()).isEqualTo(.3, within(1e-12));
    assertThat(point.documentsPerSecond()).isEqualTo(25, within(1e-12));
    assertThat(point.searches().latencies().sorted()).containsExactly(1.0, 3.0, 8.0);
    Outcomes outcomes = point.searches().outcomes();
    assertThat(List.of(outcomes.found(), outcomes.refused(), outcomes.failed(), outcomes.lost()))
        .containsExactly(3L, 2L, 1L, 1L);
    assertThat(outcomes.firstTrouble()).hasValue("first");
    assertThat(point.others().latencies().sorted()).containsExactly(1.0);
  }

  /** The clock may start anywhere. */
  @Test
  void theClockMayOverflow() {
    long begin = Long.MAX_VALUE - SECOND;
    MeasuredTime time = new MeasuredTime(begin, begin + 10 * SECOND);
    assertThat(time.holds(begin + 5 * SECOND)).isTrue();
    assertThat(time.holds(begin + 10 * SECOND)).isFalse();
    assertThat(time.holds(begin - 1)).isFalse();
  }

  private static TimedAnswer found(int asked, int answered, int documents) {
    return new TimedAnswer(asked * SECOND, answered * SECOND, new Answer.Found(documents));
  }

  private static TimedAnswer ended(int asked, Answer answer) {
    return new TimedAnswer(asked * SECOND, asked * SECOND + 1000, answer);
  }
}
