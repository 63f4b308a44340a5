/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.comparison.Comparison;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.HolmCorrection;

/**
 * All that a bench run found.
 *
 * @param systems the first stage, then what was made of it
 * @param tests every other system against the first stage, measure by measure
 */
public record ExperimentResult(
    String collection, String split, List<SystemResult> systems, List<SystemTest> tests) {
  static ExperimentResult of(
      String collection,
      String split,
      List<SystemResult> systems,
      List<Measure> measures,
      ComparisonSettings settings) {
    List<SystemTest> tests = new ArrayList<>();
    for (Measure measure : measures) {
      tests.addAll(tests(systems, measure, settings));
    }
    return new ExperimentResult(collection, split, List.copyOf(systems), List.copyOf(tests));
  }

  private static List<SystemTest> tests(
      List<SystemResult> systems, Measure measure, ComparisonSettings settings) {
    SystemResult baseline = systems.getFirst();
    if (baseline.evaluation().perTopic(measure).size() < 2) {
      // One topic shows nothing about two systems, and its values are still worth having.
      return List.of();
    }
    List<SystemResult> others = systems.subList(1, systems.size());
    List<Comparison> comparisons =
        others.stream()
            .map(other ->
                Comparison.of(
                    baseline.evaluation().perTopic(measure),
                    other.evaluation().perTopic(measure),
                    settings))
            .toList();
    List<Double> corrected =
        HolmCorrection.adjusted(
            comparisons.stream().map(each -> each.randomization().pValue()).toList());
    List<SystemTest> tests = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      tests.add(
          new SystemTest(
              measure,
              baseline.name(),
              others.get(i).name(),
              comparisons.get(i),
              corrected.get(i)));
    }
    return tests;
  }
}
