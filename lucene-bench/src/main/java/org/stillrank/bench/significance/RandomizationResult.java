/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

/**
 * What a randomisation test found.
 *
 * @param pValue two-sided
 * @param count how many sign patterns were tried
 */
public record RandomizationResult(double pValue, long count, Patterns patterns) {
  /** Which sign patterns were tried. */
  public enum Patterns {
    /** Every one: the p value is exact. */
    ALL,
    /** A random choice: the p value has a standard error of about sqrt(p (1 - p) / count). */
    DRAWN
  }
}
