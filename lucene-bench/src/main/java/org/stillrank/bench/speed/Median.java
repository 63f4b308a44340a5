/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.ArrayList;
import java.util.List;

/** The middle of some numbers, which a few slow turns of a shared machine do not move. */
public final class Median {
  private Median() {}

  /**
   * The number in the middle, or half-way between the two there.
   *
   * @param values at least one
   */
  public static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * The middle of each value divided by its counterpart.
   *
   * @param values at least one
   * @param to as many
   */
  public static double ofRatios(List<Double> values, List<Double> to) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / to.get(i));
    }
    return of(ratios);
  }
}
