/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): holding the chance of
 * one false finding among several tests at the level of one test.
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /** Corrected p values, in the order of the given ones. */
  public static List<Double> adjusted(List<Double> pValues) {
    int count = pValues.size();
    List<Integer> ascending =
        IntStream.range(0, count).boxed().sorted(Comparator.comparing(pValues::get)).toList();
    Double[] adjusted = new Double[count];
    double floor = 0;
    for (int rank = 0; rank < count; rank++) {
      int index = ascending.get(rank);
      floor = Math.max(floor, Math.min(1, pValues.get(index) * (count - rank)));
      adjusted[index] = floor;
    }
    return List.of(adjusted);
  }
}
