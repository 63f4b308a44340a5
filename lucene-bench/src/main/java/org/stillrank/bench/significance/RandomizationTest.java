/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Fisher's paired randomisation test on the difference of the means, two-sided (as Smucker, Allan
 * and Carterette recommend for retrieval, CIKM 2007): if the systems were equal, each topic's
 * difference could as well have the other sign.
 *
 * @param samples how many sign patterns are tried; all are, once each, when there are no more
 * @param seed of the tried patterns: the same seed gives the same p value
 */
public record RandomizationTest(int samples, long seed) {
  /** How far two sums of the same numbers can be apart by rounding, relative to the numbers. */
  private static final double ROUNDING = 1e-13;

  public RandomizationTest {
    if (samples < 1) {
      throw new IllegalArgumentException("[" + samples + "] samples: one or more are needed");
    }
  }

  /** Tests whether the two systems' means differ. */
  public RandomizationResult test(PairedSample sample) {
    // A difference of 0 stays 0 under either sign: without these more samples are small enough.
    double[] differences = Arrays.stream(sample.differences()).filter(d -> d != 0).toArray();
    double magnitude = Arrays.stream(differences).map(Math::abs).sum();
    double threshold = Math.abs(Arrays.stream(differences).sum()) - ROUNDING * magnitude;
    int bits = differences.length;
    if (bits < Integer.SIZE - 1 && 1 << bits <= samples) {
      long extreme = extremeOfAll(differences, 0, 0, threshold);
      long patterns = 1L << bits;
      return new RandomizationResult(
          (double) extreme / patterns, patterns, RandomizationResult.Patterns.ALL);
    }
    // The observed pattern is one of the possible ones, so p is never 0 (Phipson and Smyth, 2010).
    return new RandomizationResult(
        (extremeOfDrawn(differences, threshold) + 1.0) / (samples + 1.0),
        samples,
        RandomizationResult.Patterns.DRAWN);
  }

  private static long extremeOfAll(double[] differences, int from, double sum, double threshold) {
    if (from == differences.length) {
      return Math.abs(sum) >= threshold ? 1 : 0;
    }
    return extremeOfAll(differences, from + 1, sum + differences[from], threshold)
        + extremeOfAll(differences, from + 1, sum - differences[from], threshold);
  }

  private long extremeOfDrawn(double[] differences, double threshold) {
    SplittableRandom random = new SplittableRandom(seed);
    long extreme = 0;
    for (int drawn = 0; drawn < samples; drawn++) {
      double sum = 0;
      long signs = 0;
      for (int i = 0; i < differences.length; i++) {
        if (i % Long.SIZE == 0) {
          signs = random.nextLong();
        }
        sum += (signs & 1) == 0 ? differences[i] : -differences[i];
        signs >>>= 1;
      }
      if (Math.abs(sum) >= threshold) {
        extreme++;
      }
    }
    return extreme;
  }
}
