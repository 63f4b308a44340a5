/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;

/** What is compared with another implementation, and how near it must come on each device. */
public enum Quantity {
  /**
   * Logits of an encoder in float32, absolute. On the processor only the order of additions
   * differs. On a GPU the factors of each product of matrices are rounded to TF32, 10 bits of
   * mantissa instead of 23 (Nvidia, A100 architecture whitepaper, 2020): done to transformers on a
   * processor ({@code fixtures-scripts/tf32.py}), that moves the logits of these eight fixtures by
   * up to 1.3e-3; the bound is four times that, for kernels that add in yet another order.
   */
  LOGITS("logits", 1e-5, 5e-3),

  /**
   * Logits of an encoder whose layers are computed in bfloat16, absolute: 7 bits of mantissa are
   * kept of the factors and results of a product of matrices, on either device. On a processor that
   * moves the logits of these eight fixtures by 1.7e-3 to 2.1e-2.
   */
  LOGITS_BFLOAT16("logits bfloat16", 5e-2, 5e-2),

  /**
   * Loss and gradients of an objective in float32, relative. No matrices are multiplied, so TF32
   * has no part in it; but GPUs add in another order, and their exponentials and logarithms are a
   * few units of the last place off, which cancellation in a loss near 0 makes larger.
   */
  OBJECTIVE_FLOAT32("loss, gradient float32", 1e-5, 1e-4),

  /** Loss and gradients of an objective in float64, relative: TF32 is for float32 only. */
  OBJECTIVE_FLOAT64("loss, gradient float64", 1e-9, 1e-9);

  private final String words;
  private final double onCpu;
  private final double onCuda;

  Quantity(String words, double onCpu, double onCuda) {
    this.words = words;
    this.onCpu = onCpu;
    this.onCuda = onCuda;
  }

  /** What logits are that were computed so. */
  static Quantity logits(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> LOGITS;
      case BFLOAT16 -> LOGITS_BFLOAT16;
    };
  }

  /** The largest deviation that is allowed. */
  public double tolerance(Device device) {
    return switch (device) {
      case CPU -> onCpu;
      case CUDA -> onCuda;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
