/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A mean over a step and its neighbours, half of them on each side, so that it does not lag behind;
 * at the ends over those that are there.
 *
 * @param width steps of a mean, odd
 */
record MovingMean(int width) {
  /** A curve keeps about so many turns. */
  private static final int TURNS = 50;

  /** Wide enough to calm a curve of so many steps, and 1 for a short one. */
  static MovingMean ofSteps(int steps) {
    return new MovingMean(steps / TURNS / 2 * 2 + 1);
  }

  /** The mean at each value. */
  List<Double> of(List<Double> values) {
    double[] sums = new double[values.size() + 1];
    for (int i = 0; i < values.size(); i++) {
      sums[i + 1] = sums[i] + values.get(i);
    }
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      int from = Math.max(0, i - width / 2);
      int to = Math.min(values.size(), i + width / 2 + 1);
      means.add((sums[to] - sums[from]) / (to - from));
    }
    return means;
  }
}
