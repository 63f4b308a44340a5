/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import org.apache.commons.statistics.inference.TTest;

/** Student's t-test on the differences of paired values, two-sided. */
public final class PairedTTest {
  private PairedTTest() {}

  /**
   * The probability of differences at least this far from 0 when the systems are equal. Differences
   * that do not vary have no t: all 0 gives 1, all the same other number gives 0.
   */
  public static double pValue(PairedSample sample) {
    double[] differences = sample.differences();
    if (!sample.varies()) {
      return differences[0] == 0 ? 1 : 0;
    }
    return TTest.withDefaults().test(differences).getPValue();
  }
}
