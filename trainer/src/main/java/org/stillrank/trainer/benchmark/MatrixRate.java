/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.trainer.encoder.Precision;

/**
 * How fast this device multiplies matrices when it does nothing else: one product of two square
 * ones, by libtorch, in the precision of the layers. It is the yardstick for steps.
 */
final class MatrixRate implements AutoCloseable {
  /** Rows and columns: large enough that reading the factors costs little beside the product. */
  static final int SIZE = 2048;

  private final Tensor left;
  private final Tensor right;

  MatrixRate(Precision precision) {
    try (PointerScope scope = new PointerScope()) {
      left = factor(precision);
      right = factor(precision);
    }
  }

  private static Tensor factor(Precision precision) {
    ScalarType type =
        switch (precision) {
          case FLOAT32 -> ScalarType.Float;
          case BFLOAT16 -> ScalarType.BFloat16;
        };
    Tensor factor = torch.randn(new long[] {SIZE, SIZE}).to(type);
    factor.retainReference();
    return factor;
  }

  /** Multiplies once: floating-point operations a second, {@code 2 * SIZE^3} in all. */
  double measured() {
    long start = System.nanoTime();
    left.matmul(right).close();
    return 2.0 * SIZE * SIZE * SIZE / ((System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}
