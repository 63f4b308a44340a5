/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Curves over a common axis, as an SVG element whose colours the page decides.
 *
 * @param curves drawn one over the other, the last one on top
 * @param marks above all of them
 */
public record LinePlot(String title, Axis x, Axis y, List<Curve> curves, List<Mark> marks) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 270;
  private static final int LEFT = 62;
  private static final int RIGHT = WIDTH - 18;
  private static final int TOP = 44;
  private static final int BOTTOM = HEIGHT - 40;

  /** A legend's entry: its line, and then so much for each letter. */
  private static final int LEGEND_LINE = 22;

  private static final double LETTER = 6.6;

  public LinePlot {
    curves = List.copyOf(curves);
    marks = List.copyOf(marks);
  }

  /** The element. */
  public String svg() {
    return String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            Markup.text(title + ": " + heights() + ", by " + x.label()))
        + text(0, 16, "title", "start", title)
        + text(0, 32, "label", "start", heights())
        + text(RIGHT, HEIGHT - 4, "label", "end", x.label())
        + legend()
        + grid()
        + curves.stream().map(this::curve).collect(Collectors.joining())
        + marks.stream().map(this::mark).collect(Collectors.joining())
        + "</svg>\n";
  }

  private String heights() {
    return y.scale() == Scale.LOGARITHMIC ? y.label() + ", logarithmic" : y.label();
  }

  private String legend() {
    if (curves.size() < 2) {
      return "";
    }
    StringBuilder legend = new StringBuilder();
    double right = RIGHT;
    for (Curve curve : curves.reversed()) {
      double left = right - curve.name().length() * LETTER;
      legend
          .append(text(left, 16, "label", "start", curve.name()))
          .append(line(left - LEGEND_LINE, 12, left - 6, 12, curve.style().cssClass()));
      right = left - LEGEND_LINE - 14;
    }
    return legend.toString();
  }

  private String grid() {
    StringBuilder grid = new StringBuilder();
    List<String> numbers = Ticks.words(y.ticks(), y.scale());
    for (int i = 0; i < numbers.size(); i++) {
      double at = height(y.ticks().get(i));
      grid.append(line(LEFT, at, RIGHT, at, "grid"))
          .append(text(LEFT - 8, at + 4, "tick", "end", numbers.get(i)));
    }
    List<String> places = Ticks.words(x.ticks(), x.scale());
    for (int i = 0; i < places.size(); i++) {
      double at = place(x.ticks().get(i));
      grid.append(line(at, BOTTOM, at, BOTTOM + 5, "axis"))
          .append(text(at, BOTTOM + 18, "tick", "middle", places.get(i)));
    }
    return grid.append(line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis")).toString();
  }

  private String curve(Curve curve) {
    String style = curve.style().cssClass();
    List<Point> points = Thinning.of(curve.points(), x, RIGHT - LEFT);
    String line =
        points.stream()
                .map(point ->
                    String.format(Locale.ROOT, "%.1f,%.1f", place(point.x()), height(point.y())))
                .collect(
                    Collectors.joining(" ", "<polyline class=\"" + style + "\" points=\"", "\"/>"))
            + "\n";
    return curve.style() == Curve.Style.DOTTED
        ? line + curve.points().stream().map(this::dot).collect(Collectors.joining())
        : line;
  }

  private String dot(Point point) {
    return String.format(
        Locale.ROOT,
        "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%,.0f: %.4g</title></circle>%n",
        place(point.x()),
        height(point.y()),
        point.x(),
        point.y());
  }

  private String mark(Mark mark) {
    double at = place(mark.point().x());
    double height = height(mark.point().y());
    boolean leftHalf = at < (LEFT + RIGHT) / 2.0;
    // Beside the point and not above it, where the curve that leads to a peak leaves room.
    return String.format(
            Locale.ROOT, "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"6\"/>%n", at, height)
        + text(
            leftHalf ? at + 11 : at - 11,
            height - 9,
            "marked",
            leftHalf ? "start" : "end",
            mark.words());
  }

  private double place(double value) {
    return LEFT + x.share(value) * (RIGHT - LEFT);
  }

  private double height(double value) {
    return BOTTOM - y.share(value) * (BOTTOM - TOP);
  }

  private static String line(double x1, double y1, double x2, double y2, String style) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
        style,
        x1,
        y1,
        x2,
        y2);
  }

  private static String text(double x, double y, String style, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        style,
        anchor,
        x,
        y,
        Markup.text(words));
  }
}
