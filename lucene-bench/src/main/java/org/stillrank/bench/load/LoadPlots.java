/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.stillrank.bench.plot.Axis;
import org.stillrank.bench.plot.Curve;
import org.stillrank.bench.plot.LinePlot;
import org.stillrank.bench.plot.Point;
import org.stillrank.bench.plot.Scale;

/** Latency and throughput of one kind of search against the number of clients. */
record LoadPlots(LoadSeries series) {
  private static final double MILLIS = 1e3;

  /** Milliseconds; points at which nothing was answered are left out. */
  LinePlot latency() {
    List<Curve> curves =
        List.of(
            new Curve("p99", Curve.Style.FAINT, percentile(99)),
            new Curve("p95", Curve.Style.STRONG, percentile(95)),
            new Curve("p50", Curve.Style.DOTTED, percentile(50)));
    List<Double> heights =
        curves.stream().flatMap(curve -> curve.points().stream()).map(Point::y).toList();
    return new LinePlot(
        series.name() + ": latency",
        clients(),
        Axis.fitting("milliseconds", heights),
        curves,
        List.of());
  }

  /** Searches answered in full. */
  LinePlot throughput() {
    List<Point> points = points(point -> OptionalDouble.of(point.searchesPerSecond()));
    return new LinePlot(
        series.name() + ": throughput",
        clients(),
        Axis.fromZero("searches a second", points.stream().map(Point::y).toList()),
        List.of(new Curve("searches", Curve.Style.DOTTED, points)),
        List.of());
  }

  private List<Point> percentile(int percent) {
    return points(point -> {
      OptionalDouble seconds = point.searches().latencies().percentile(percent);
      return seconds.isPresent()
          ? OptionalDouble.of(seconds.getAsDouble() * MILLIS)
          : OptionalDouble.empty();
    });
  }

  private List<Point> points(Function<LoadPoint, OptionalDouble> height) {
    List<Point> points = new ArrayList<>();
    for (LoadPoint each : series.points()) {
      height.apply(each).ifPresent(y -> points.add(new Point(each.clients(), y)));
    }
    return points;
  }

  /** A tick for each number of clients that was measured. */
  private Axis clients() {
    List<Double> counts = series.points().stream().map(point -> (double) point.clients()).toList();
    double low = counts.getFirst();
    double high = counts.getLast();
    return low < high
        ? new Axis("clients", Scale.LOGARITHMIC, low, high, counts)
        : Axis.between("clients", low, high);
  }
}
