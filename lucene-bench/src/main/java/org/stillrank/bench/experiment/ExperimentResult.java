/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.List;
import org.stillrank.bench.comparison.ComparisonReport;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.comparison.EvaluatedSystem;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;

/**
 * All that a bench run found.
 *
 * @param runs the first stage, then what was made of it, each under its tag
 * @param report the same systems measured, the first stage their baseline
 */
public record ExperimentResult(
    String collection, String split, List<Run> runs, ComparisonReport report) {
  static ExperimentResult of(
      String collection,
      String split,
      List<Run> runs,
      Qrels qrels,
      List<Measure> measures,
      ComparisonSettings settings) {
    List<EvaluatedSystem> systems =
        runs.stream()
            .map(run -> new EvaluatedSystem(run.tag(), Evaluation.of(measures, run, qrels)))
            .toList();
    return new ExperimentResult(
        collection,
        split,
        List.copyOf(runs),
        ComparisonReport.of(systems.getFirst(), systems.subList(1, systems.size()), settings));
  }
}
