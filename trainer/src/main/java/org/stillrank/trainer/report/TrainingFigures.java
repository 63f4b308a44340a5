/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.stillrank.trainer.log.LoggedTraining;
import org.stillrank.trainer.log.StepRecord;

/** Where a training stands, in a few numbers. */
final class TrainingFigures {
  private TrainingFigures() {}

  /** In words, by what they are called. */
  static SequencedMap<String, String> of(LoggedTraining training) {
    SequencedMap<String, String> figures = new LinkedHashMap<>();
    List<StepRecord> steps = training.steps();
    int width = Math.min(steps.size(), MovingMean.ofSteps(steps.size()).width());
    double loss =
        steps.subList(steps.size() - width, steps.size()).stream()
            .mapToDouble(StepRecord::loss)
            .average()
            .orElseThrow();
    figures.put(
        "Loss", String.format(Locale.ROOT, "%.4f, mean of the last %,d steps", loss, width));
    training.validations().stream()
        .filter(training::isBest)
        .forEach(best ->
            figures.put(
                "Best " + best.measure(),
                String.format(Locale.ROOT, "%.4f after step %,d", best.value(), best.step())));
    figures.put(
        "Gradient norm",
        String.format(Locale.ROOT, "%.3g, median", median(steps, StepRecord::gradientNorm)));
    figures.put(
        "Speed",
        String.format(
            Locale.ROOT,
            "%.1f pairs/s, %,.0f tokens/s, medians",
            median(steps, StepRecord::pairsPerSecond),
            median(steps, StepRecord::tokensPerSecond)));
    return figures;
  }

  private static double median(List<StepRecord> steps, ToDoubleFunction<StepRecord> value) {
    double[] sorted = steps.stream().mapToDouble(value).sorted().toArray();
    return sorted[(sorted.length - 1) / 2];
  }
}
