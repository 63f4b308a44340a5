/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;

/**
 * One kind of search under growing load.
 *
 * @param name what tables and plots call it
 */
public record LoadSeries(String name, List<LoadPoint> points) {
  public LoadSeries {
    points = List.copyOf(points);
  }
}
