/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import java.util.ArrayList;
import java.util.List;

/** Fewer points that look the same: of each column of the picture the lowest and the highest. */
final class Thinning {
  private Thinning() {}

  /**
   * @param points from left to right
   * @param columns of the picture
   */
  static List<Point> of(List<Point> points, Axis x, int columns) {
    if (points.size() <= 2 * columns) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    int first = 0;
    while (first < points.size()) {
      int column = column(points.get(first), x, columns);
      int low = first;
      int high = first;
      int next = first + 1;
      while (next < points.size() && column(points.get(next), x, columns) == column) {
        low = points.get(next).y() < points.get(low).y() ? next : low;
        high = points.get(next).y() > points.get(high).y() ? next : high;
        next++;
      }
      kept.add(points.get(Math.min(low, high)));
      if (low != high) {
        kept.add(points.get(Math.max(low, high)));
      }
      first = next;
    }
    return kept;
  }

  private static int column(Point point, Axis x, int columns) {
    return (int) (x.share(point.x()) * columns);
  }
}
