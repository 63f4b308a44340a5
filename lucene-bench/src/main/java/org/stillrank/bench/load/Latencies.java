/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Seconds that answers took.
 *
 * @param sorted all of them, from the shortest on
 */
public record Latencies(List<Double> sorted) {
  public Latencies {
    sorted = sorted.stream().sorted().toList();
  }

  /**
   * The nearest-rank percentile: the smallest of all latencies that at least {@code percent} per
   * cent of them do not exceed, which is the one at place {@code ceil(percent / 100 * count)},
   * counted from 1. So it is always a latency that occurred, and none is estimated.
   *
   * @param percent from 1 to 100
   * @return empty when there are none
   */
  public OptionalDouble percentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("there is no percentile " + percent);
    }
    if (sorted.isEmpty()) {
      return OptionalDouble.empty();
    }
    long place = Math.ceilDiv((long) percent * sorted.size(), 100);
    return OptionalDouble.of(sorted.get((int) place - 1));
  }
}
