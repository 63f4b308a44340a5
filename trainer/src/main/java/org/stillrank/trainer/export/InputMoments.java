/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;

/**
 * The sum of x xᵀ over the inputs x of a linear layer.
 *
 * @param width numbers in x
 * @param sums [width, width], symmetric
 */
@SuppressWarnings("ArrayRecordComponent") // summed into in place
record InputMoments(int width, double[] sums) {
  /** Keeps directions that hardly occur from being given up altogether (Frantar et al., 3.3). */
  private static final double DAMPING = 0.01;

  static InputMoments none(int width) {
    return new InputMoments(width, new double[width * width]);
  }

  /**
   * @param product float64 [width, width]
   */
  void add(Tensor product) {
    double[] values = new double[sums.length];
    try (Tensor packed = product.contiguous();
        DoublePointer data = packed.data_ptr_double()) {
      data.get(values);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  /** Indices of the inputs, the most energetic first. */
  int[] byEnergy() {
    return IntStream.range(0, width)
        .boxed()
        .sorted((a, b) -> Double.compare(sums[b * width + b], sums[a * width + a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Of the inputs in another order, with a hundredth of their mean energy added to each. */
  double[][] damped(int[] order) {
    double mean =
        IntStream.range(0, width).mapToDouble(i -> sums[i * width + i]).average().orElse(0);
    double[][] damped = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int column = 0; column < width; column++) {
        damped[row][column] = sums[order[row] * width + order[column]];
      }
      damped[row][row] += DAMPING * mean;
    }
    return damped;
  }
}
