/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Cohen's d_z: the mean of the paired differences over their standard deviation (n - 1), positive
 * when the system is above the baseline (Lakens, Frontiers in Psychology 4:863, 2013, equation 6).
 */
public final class EffectSize {
  private EffectSize() {}

  /** Empty when the differences do not vary. */
  public static OptionalDouble dz(PairedSample sample) {
    if (!sample.varies()) {
      return OptionalDouble.empty();
    }
    double[] differences = sample.differences();
    double mean = Arrays.stream(differences).sum() / differences.length;
    double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
    return OptionalDouble.of(mean / Math.sqrt(squares / (differences.length - 1)));
  }
}
