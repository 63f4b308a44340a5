/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;

/**
 * The sum of x xᵀ over the inputs x of a linear layer, and how large their numbers become.
 *
 * @param width numbers in x
 * @param sums [width, width], symmetric
 * @param peaks the largest absolute value of each number
 */
@SuppressWarnings("ArrayRecordComponent") // summed into in place
record InputMoments(int width, double[] sums, double[] peaks) {
  /** Keeps directions that hardly occur from being given up altogether (Frantar et al., 3.3). */
  private static final double DAMPING = 0.01;

  static InputMoments none(int width) {
    return new InputMoments(width, new double[width * width], new double[width]);
  }

  /**
   * @param inputs float64 [inputs, width]
   */
  void add(Tensor inputs) {
    double[] products = doubles(inputs.t().matmul(inputs));
    for (int i = 0; i < sums.length; i++) {
      sums[i] += products[i];
    }
    double[] sizes = doubles(inputs.abs().amax(new long[] {0}, false));
    for (int i = 0; i < width; i++) {
      peaks[i] = Math.max(peaks[i], sizes[i]);
    }
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    try (Tensor packed = tensor.contiguous();
        DoublePointer data = packed.data_ptr_double()) {
      data.get(values);
    }
    return values;
  }

  /** Of the inputs with each number divided by one of its own. */
  InputMoments dividedBy(float[] divisors) {
    double[] divided = new double[sums.length];
    double[] smaller = new double[width];
    for (int i = 0; i < sums.length; i++) {
      divided[i] = sums[i] / ((double) divisors[i / width] * divisors[i % width]);
    }
    for (int i = 0; i < width; i++) {
      smaller[i] = peaks[i] / divisors[i];
    }
    return new InputMoments(width, divided, smaller);
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
