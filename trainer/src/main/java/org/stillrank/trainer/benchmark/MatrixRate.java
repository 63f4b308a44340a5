/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;

/**
 * How fast this device multiplies matrices when it does nothing else: one product of two square
 * ones, by libtorch, in the precision of the layers. It is the yardstick for steps.
 */
final class MatrixRate implements AutoCloseable {
  private final Device device;
  private final int size;
  private final Tensor left;
  private final Tensor right;

  /** Rows and columns: so many that reading the factors costs little beside the product. */
  static int size(Device device) {
    return switch (device) {
      case CPU -> 2048;
      case CUDA -> 8192;
    };
  }

  MatrixRate(Precision precision, Device device) {
    this.device = device;
    size = size(device);
    try (PointerScope scope = new PointerScope()) {
      left = factor(precision);
      right = factor(precision);
    }
  }

  private Tensor factor(Precision precision) {
    ScalarType type =
        switch (precision) {
          case FLOAT32 -> ScalarType.Float;
          case BFLOAT16 -> ScalarType.BFloat16;
        };
    Tensor factor = device.place(torch.randn(new long[] {size, size}).to(type));
    factor.retainReference();
    return factor;
  }

  /** Multiplies once: floating-point operations a second, {@code 2 * size^3} in all. */
  double measured() {
    device.await();
    long start = System.nanoTime();
    left.matmul(right).close();
    device.await();
    return 2.0 * size * size * size / ((System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}
