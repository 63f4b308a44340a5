/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.stillrank.bench.significance.EffectSize;
import org.stillrank.bench.significance.PairedSample;
import org.stillrank.bench.significance.PairedTTest;
import org.stillrank.bench.significance.RandomizationResult;
import org.stillrank.bench.significance.WinsTiesLosses;

/**
 * One system against a baseline in one measure over the same topics; p values are two-sided and not
 * corrected for other comparisons.
 *
 * @param changes per topic, in the order of the baseline
 */
public record Comparison(
    double baselineMean,
    double systemMean,
    double tTestPValue,
    RandomizationResult randomization,
    OptionalDouble effectSize,
    WinsTiesLosses winsTiesLosses,
    List<TopicChange> changes) {
  /**
   * Compares values topic → value, of which both maps have the same two or more topics.
   *
   * @throws IllegalArgumentException for other topics or fewer
   */
  public static Comparison of(
      Map<String, Double> baseline, Map<String, Double> system, ComparisonSettings settings) {
    PairedSample sample = PairedSample.of(baseline, system);
    return new Comparison(
        mean(sample.baseline()),
        mean(sample.system()),
        PairedTTest.pValue(sample),
        settings.randomizationTest().test(sample),
        EffectSize.dz(sample),
        WinsTiesLosses.of(sample, settings.tieTolerance()),
        IntStream.range(0, sample.topics().size())
            .mapToObj(i ->
                new TopicChange(
                    sample.topics().get(i), sample.baseline().get(i), sample.system().get(i)))
            .toList());
  }

  /** System minus baseline. */
  public double change() {
    return systemMean - baselineMean;
  }

  /** The topics that moved, most first, at most {@code count}. */
  public List<TopicChange> movedMost(int count) {
    return changes.stream()
        .filter(each -> each.change() != 0)
        .sorted(Comparator.comparingDouble((TopicChange each) -> -Math.abs(each.change())))
        .limit(count)
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }
}
