/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What SciPy leaves undefined or does not have. */
class PairedSignificanceTest {
  @Test
  void equalSystemsShowNothing() {
    PairedSample sample = sample(List.of(.5, .2, .3), List.of(.5, .2, .3));

    assertThat(PairedTTest.pValue(sample)).isEqualTo(1);
    assertThat(new RandomizationTest(1000, 1).test(sample).pValue()).isEqualTo(1);
    assertThat(EffectSize.dz(sample)).isEmpty();
    assertThat(WinsTiesLosses.of(sample, 0)).isEqualTo(new WinsTiesLosses(0, 3, 0));
  }

  @Test
  void theSameStepEverywhereHasNoT() {
    PairedSample sample = sample(List.of(.25, .5, .0), List.of(.5, .75, .25));

    assertThat(PairedTTest.pValue(sample)).isZero();
    assertThat(EffectSize.dz(sample)).isEmpty();
    assertThat(new RandomizationTest(1000, 1).test(sample))
        .isEqualTo(new RandomizationResult(.25, 8, RandomizationResult.Patterns.ALL));
  }

  @Test
  void topicsThatDoNotMoveLeaveTheTestExact() {
    Random random = new Random(3);
    List<Double> baseline = IntStream.range(0, 500).mapToObj(i -> random.nextDouble()).toList();
    List<Double> system =
        IntStream.range(0, 500).mapToObj(i -> baseline.get(i) + (i < 10 ? .5 : 0)).toList();

    RandomizationResult result = new RandomizationTest(1024, 1).test(sample(baseline, system));

    assertThat(result)
        .isEqualTo(new RandomizationResult(2.0 / 1024, 1024, RandomizationResult.Patterns.ALL));
  }

  @Test
  void theSeedDecidesTheDrawnPatterns() {
    Random random = new Random(5);
    List<Double> baseline = IntStream.range(0, 130).mapToObj(i -> random.nextDouble()).toList();
    List<Double> system = IntStream.range(0, 130).mapToObj(i -> random.nextDouble()).toList();
    PairedSample sample = sample(baseline, system);

    RandomizationResult first = new RandomizationTest(20_000, 1).test(sample);

    assertThat(new RandomizationTest(20_000, 1).test(sample)).isEqualTo(first);
    assertThat(new RandomizationTest(20_000, 2).test(sample)).isNotEqualTo(first);
    assertThat(first.patterns()).isEqualTo(RandomizationResult.Patterns.DRAWN);
  }

  @Test
  void differencesUpToTheToleranceAreTies() {
    PairedSample sample = sample(List.of(.5, .5, .5, .5), List.of(.75, .25, .625, .375));

    assertThat(WinsTiesLosses.of(sample, .125)).isEqualTo(new WinsTiesLosses(1, 2, 1));
    assertThat(WinsTiesLosses.of(sample, 0)).isEqualTo(new WinsTiesLosses(2, 0, 2));
  }

  @Test
  void pairsByTopicAndRefusesWhatHasNoPair() {
    assertThat(
            PairedSample.of(Map.of("a", 1.0, "b", 0.0), Map.of("b", 1.0, "a", 1.0)).differences())
        .containsExactlyInAnyOrder(0, 1);
    assertThatThrownBy(() -> PairedSample.of(Map.of("a", 1.0, "b", 0.0), Map.of("a", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the two systems were measured on different topics");
    assertThatThrownBy(() -> sample(List.of(1.0), List.of(0.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1] topics cannot be compared");
  }

  private static PairedSample sample(List<Double> baseline, List<Double> system) {
    return new PairedSample(
        IntStream.range(0, baseline.size()).mapToObj(i -> "t" + i).toList(), baseline, system);
  }
}
