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
    List<Double> losses = values(StepRecord::loss);
    plots.add(smoothed("Loss", losses, Axis.fitting("of each step", losses)));
    training.measures().forEach(measure -> plots.add(validation(measure)));
    List<Double> rates = values(StepRecord::learningRate);
    plots.add(plain("Learning rate", rates, Axis.fromZero("of each step", rates)));
    List<Double> norms = values(StepRecord::gradientNorm);
    plots.add(smoothed("Gradient norm", norms, Axis.fitting("before clipping", norms)));
    List<Double> speeds = values(StepRecord::pairsPerSecond);
    plots.add(smoothed("Speed", speeds, Axis.fromZero("pairs a second", speeds)));
    return plots;
  }

  private List<Double> values(ToDoubleFunction<StepRecord> value) {
    return training.steps().stream().map(value::applyAsDouble).toList();
  }

  private LinePlot smoothed(String title, List<Double> values, Axis axis) {
    if (mean.width() == 1) {
      return plain(title, values, axis);
    }
    String name = String.format(Locale.ROOT, "mean of %,d steps", mean.width());
    return new LinePlot(
        title,
        steps,
        axis,
        List.of(
            new Curve("each step", Curve.Style.FAINT, points(values)),
            new Curve(name, Curve.Style.STRONG, points(mean.of(values)))),
        List.of());
  }

  private LinePlot plain(String title, List<Double> values, Axis axis) {
    // Of few steps each is a dot: the first one alone would make no line.
    Curve.Style style = mean.width() == 1 ? Curve.Style.DOTTED : Curve.Style.STRONG;
    Curve curve = new Curve("each step", style, points(values));
    return new LinePlot(title, steps, axis, List.of(curve), List.of());
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
