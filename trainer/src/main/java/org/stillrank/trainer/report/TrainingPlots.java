/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.stillrank.bench.plot.Axis;
import org.stillrank.bench.plot.Curve;
import org.stillrank.bench.plot.LinePlot;
import org.stillrank.bench.plot.Mark;
import org.stillrank.bench.plot.Point;
import org.stillrank.trainer.log.LoggedTraining;
import org.stillrank.trainer.log.StepRecord;
import org.stillrank.trainer.log.ValidationRecord;

/** The curves of a training, each over its optimiser steps. */
final class TrainingPlots {
  private final LoggedTraining training;
  private final Axis steps;
  private final MovingMean mean;

  /**
   * @param last step of the axis
   */
  TrainingPlots(LoggedTraining training, int last) {
    this.training = training;
    this.steps = Axis.between("optimiser step", 0, last);
    this.mean = MovingMean.ofSteps(training.steps().size());
  }

  /** All of them. */
  List<LinePlot> all() {
    List<LinePlot> plots = new ArrayList<>();
    plots.add(smoothed("Loss", "of each step", StepRecord::loss));
    training.measures().forEach(measure -> plots.add(validation(measure)));
    plots.add(learningRate());
    plots.add(smoothed("Gradient norm", "before clipping", StepRecord::gradientNorm));
    plots.add(smoothed("Speed", "pairs a second", StepRecord::pairsPerSecond));
    return plots;
  }

  private LinePlot smoothed(String title, String label, ToDoubleFunction<StepRecord> value) {
    List<Double> values = training.steps().stream().map(value::applyAsDouble).toList();
    Curve raw = new Curve("each step", Curve.Style.FAINT, points(values));
    Axis axis = Axis.fitting(label, values);
    if (mean.width() == 1) {
      Curve only = new Curve("each step", Curve.Style.STRONG, raw.points());
      return new LinePlot(title, steps, axis, List.of(only), List.of());
    }
    String name = String.format(Locale.ROOT, "mean of %,d steps", mean.width());
    Curve smooth = new Curve(name, Curve.Style.STRONG, points(mean.of(values)));
    return new LinePlot(title, steps, axis, List.of(raw, smooth), List.of());
  }

  private LinePlot learningRate() {
    List<Double> rates = training.steps().stream().map(StepRecord::learningRate).toList();
    return new LinePlot(
        "Learning rate",
        steps,
        Axis.fromZero("of each step", rates),
        List.of(new Curve("rate", Curve.Style.STRONG, points(rates))),
        List.of());
  }

  private List<Point> points(List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new Point(training.steps().get(i).step(), values.get(i)));
    }
    return points;
  }

  private LinePlot validation(String measure) {
    List<ValidationRecord> measured = training.validations(measure);
    return new LinePlot(
        "Validation",
        steps,
        Axis.around(
            measure + " of the held-out queries",
            measured.stream().map(ValidationRecord::value).toList()),
        List.of(
            new Curve(
                measure, Curve.Style.DOTTED, measured.stream().map(TrainingPlots::point).toList())),
        measured.stream()
            .filter(training::isBest)
            .map(best ->
                new Mark(
                    point(best),
                    String.format(
                        Locale.ROOT, "best: %.4f after step %,d", best.value(), best.step())))
            .toList());
  }

  private static Point point(ValidationRecord validation) {
    return new Point(validation.step(), validation.value());
  }
}
