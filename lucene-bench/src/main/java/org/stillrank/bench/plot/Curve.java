/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import java.util.List;
import java.util.Locale;

/**
 * Points that belong together.
 *
 * @param name what the legend calls them
 * @param points from left to right
 */
public record Curve(String name, Style style, List<Point> points) {
  /** How a curve is drawn. */
  public enum Style {
    /** A thin, pale line, for what lies behind a smoothed one. */
    FAINT,
    /** A line. */
    STRONG,
    /** A line with a dot at each point, which tells its value to whoever points at it. */
    DOTTED;

    String cssClass() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Curve {
    points = List.copyOf(points);
  }
}
