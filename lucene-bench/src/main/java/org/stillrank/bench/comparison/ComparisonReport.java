/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.HolmCorrection;

/**
 * Systems against one baseline in several measures. All systems in one measure are one family for
 * Holm's correction: whoever picks the best of them may be misled by any.
 *
 * @param systems the baseline first
 * @param comparisons measure by measure, within a measure in the order of the systems
 */
public record ComparisonReport(
    List<EvaluatedSystem> systems,
    List<CorrectedComparison> comparisons,
    ComparisonSettings settings) {
  /**
   * Compares each of {@code others} with the baseline, all evaluated with the same measures and
   * judgements. One topic shows nothing about two systems: then there are means and no comparisons.
   */
  public static ComparisonReport of(
      EvaluatedSystem baseline, List<EvaluatedSystem> others, ComparisonSettings settings) {
    List<EvaluatedSystem> systems = new ArrayList<>(List.of(baseline));
    systems.addAll(others);
    List<Measure> measures = baseline.evaluation().measures();
    List<CorrectedComparison> comparisons = new ArrayList<>();
    for (Measure measure : measures) {
      if (baseline.evaluation().perTopic(measure).size() < 2) {
        break;
      }
      comparisons.addAll(inOneMeasure(measure, baseline, others, settings));
    }
    return new ComparisonReport(List.copyOf(systems), List.copyOf(comparisons), settings);
  }

  private static List<CorrectedComparison> inOneMeasure(
      Measure measure,
      EvaluatedSystem baseline,
      List<EvaluatedSystem> others,
      ComparisonSettings settings) {
    Map<String, Double> ofBaseline = baseline.evaluation().perTopic(measure);
    List<Comparison> comparisons =
        others.stream()
            .map(other -> Comparison.of(ofBaseline, other.evaluation().perTopic(measure), settings))
            .toList();
    List<Double> tTests =
        HolmCorrection.adjusted(comparisons.stream().map(Comparison::tTestPValue).toList());
    List<Double> randomizations =
        HolmCorrection.adjusted(
            comparisons.stream().map(each -> each.randomization().pValue()).toList());
    return IntStream.range(0, others.size())
        .mapToObj(i ->
            new CorrectedComparison(
                measure,
                others.get(i).name(),
                comparisons.get(i),
                tTests.get(i),
                randomizations.get(i)))
        .toList();
  }

  /** The system that all others are compared with. */
  public EvaluatedSystem baseline() {
    return systems.getFirst();
  }

  /** The measures of the report, in its order. */
  public List<Measure> measures() {
    return baseline().evaluation().measures();
  }

  /** How many topics were measured. */
  public int topics() {
    return baseline().evaluation().perTopic(measures().getFirst()).size();
  }
}
