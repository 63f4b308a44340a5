/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;

/** Of the inputs x of a linear layer: the sums of x xᵀ and of x, and how far each number goes. */
final class InputMoments {
  /** Keeps directions that hardly occur from being given up altogether (Frantar et al., 3.3). */
  private static final double DAMPING = 0.01;

  /** Of the way up that one-sided numbers go, how far they go down at most. */
  private static final double HARDLY = 0.25;

  private final int width;
  private long count;
  private final double[] products;
  private final double[] sums;
  private final double[] lowest;
  private final double[] highest;

  private InputMoments(int width) {
    this.width = width;
    products = new double[width * width];
    sums = new double[width];
    lowest = new double[width];
    highest = new double[width];
  }

  /**
   * Of no input yet; every number's way begins at 0.
   *
   * @param width numbers in x
   */
  static InputMoments none(int width) {
    return new InputMoments(width);
  }

  /**
   * @param inputs float64 [inputs, width]
   */
  void add(Tensor inputs) {
    count += inputs.size(0);
    sum(products, doubles(inputs.t().matmul(inputs)));
    sum(sums, doubles(inputs.sum(0)));
    double[] low = doubles(inputs.amin(new long[] {0}, false));
    double[] high = doubles(inputs.amax(new long[] {0}, false));
    for (int i = 0; i < width; i++) {
      lowest[i] = Math.min(lowest[i], low[i]);
      highest[i] = Math.max(highest[i], high[i]);
    }
  }

  private static void sum(double[] into, double[] more) {
    for (int i = 0; i < into.length; i++) {
      into[i] += more[i];
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

  int width() {
    return width;
  }

  /** The largest absolute value of each number. */
  double[] peaks() {
    return IntStream.range(0, width).mapToDouble(i -> Math.max(highest[i], -lowest[i])).toArray();
  }

  /** Whether the numbers hardly go below 0, as those behind a GELU or a ReLU do. */
  boolean isOneSided() {
    return -Arrays.stream(lowest).sum() < HARDLY * Arrays.stream(highest).sum();
  }

  /** The lowest value of each number, 0 where none is below. */
  float[] lowest() {
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] = (float) lowest[i];
    }
    return values;
  }

  /** Of the inputs with an offset of its own subtracted from each number. */
  InputMoments less(float[] offsets) {
    InputMoments less = new InputMoments(width);
    less.count = count;
    for (int i = 0; i < width; i++) {
      less.sums[i] = sums[i] - (double) count * offsets[i];
      less.lowest[i] = Math.min(0, lowest[i] - offsets[i]);
      less.highest[i] = Math.max(0, highest[i] - offsets[i]);
    }
    for (int i = 0; i < products.length; i++) {
      int row = i / width;
      int column = i % width;
      less.products[i] =
          products[i] - sums[row] * offsets[column] - offsets[row] * less.sums[column];
    }
    return less;
  }

  /** Of the inputs with each number divided by one of its own, which is above 0. */
  InputMoments dividedBy(float[] divisors) {
    InputMoments divided = new InputMoments(width);
    divided.count = count;
    for (int i = 0; i < products.length; i++) {
      divided.products[i] = products[i] / ((double) divisors[i / width] * divisors[i % width]);
    }
    for (int i = 0; i < width; i++) {
      divided.sums[i] = sums[i] / divisors[i];
      divided.lowest[i] = lowest[i] / divisors[i];
      divided.highest[i] = highest[i] / divisors[i];
    }
    return divided;
  }

  /** Indices of the inputs, the most energetic first. */
  int[] byEnergy() {
    return IntStream.range(0, width)
        .boxed()
        .sorted((a, b) -> Double.compare(products[b * width + b], products[a * width + a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Of the inputs in another order, with a hundredth of their mean energy added to each. */
  double[][] damped(int[] order) {
    double mean =
        IntStream.range(0, width).mapToDouble(i -> products[i * width + i]).average().orElse(0);
    double[][] damped = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int column = 0; column < width; column++) {
        damped[row][column] = products[order[row] * width + order[column]];
      }
      damped[row][row] += DAMPING * mean;
    }
    return damped;
  }
}
