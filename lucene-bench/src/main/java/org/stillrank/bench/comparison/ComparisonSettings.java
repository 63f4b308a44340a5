/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import org.stillrank.bench.significance.RandomizationTest;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How systems are compared.
 *
 * @param seed of the randomisation test
 * @param samples sign patterns of the randomisation test, 1 or more
 * @param tieTolerance differences up to this are ties, 0 or more
 */
public record ComparisonSettings(long seed, int samples, double tieTolerance) {
  /** Enough samples for a standard error of .0007 at p = .05. */
  private static final int SAMPLES = 100_000;

  /** Far above the rounding of a measure, far below a change of rank in any. */
  private static final double TIE_TOLERANCE = 1e-9;

  public ComparisonSettings {
    if (samples < 1) {
      throw new InvalidInputException("samples [" + samples + "]: give 1 or more");
    }
    if (!(tieTolerance >= 0)) {
      throw new InvalidInputException("tie tolerance [" + tieTolerance + "]: give 0 or more");
    }
  }

  /** 100,000 samples from {@code seed}; ties up to 1e-9. */
  public static ComparisonSettings seeded(long seed) {
    return new ComparisonSettings(seed, SAMPLES, TIE_TOLERANCE);
  }

  RandomizationTest randomizationTest() {
    return new RandomizationTest(samples, seed);
  }
}
