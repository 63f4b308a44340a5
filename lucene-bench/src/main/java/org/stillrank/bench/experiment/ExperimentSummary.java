/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.comparison.Comparison;
import org.stillrank.bench.measure.Measure;

/** {@code summary.json}; numbers in full precision. */
record ExperimentSummary(
    String collection, String split, List<SystemMeans> systems, List<TestValues> tests) {
  /** A system and its mean in each measure. */
  record SystemMeans(String name, Map<String, Double> measures) {}

  /** A system against the first stage; p values are two-sided, effect size is Cohen's d_z. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TestValues(
      String measure,
      String baseline,
      String system,
      double change,
      int wins,
      int ties,
      int losses,
      double pRandomization,
      double pRandomizationHolm,
      double pTTest,
      @Nullable Double effectSize) {}

  static ExperimentSummary of(ExperimentResult result) {
    return new ExperimentSummary(
        result.collection(),
        result.split(),
        result.systems().stream().map(ExperimentSummary::means).toList(),
        result.tests().stream().map(ExperimentSummary::values).toList());
  }

  private static SystemMeans means(SystemResult system) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Measure measure : system.evaluation().measures()) {
      means.put(measure.name(), system.evaluation().mean(measure));
    }
    return new SystemMeans(system.name(), means);
  }

  private static TestValues values(SystemTest test) {
    Comparison comparison = test.comparison();
    return new TestValues(
        test.measure().name(),
        test.baseline(),
        test.system(),
        comparison.change(),
        comparison.winsTiesLosses().wins(),
        comparison.winsTiesLosses().ties(),
        comparison.winsTiesLosses().losses(),
        comparison.randomization().pValue(),
        test.correctedPValue(),
        comparison.tTestPValue(),
        comparison.effectSize().isPresent() ? comparison.effectSize().getAsDouble() : null);
  }
}
