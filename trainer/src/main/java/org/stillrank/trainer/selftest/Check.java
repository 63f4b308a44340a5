/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

/**
 * One comparison with another implementation.
 *
 * @param name of the case
 * @param quantity what was compared
 * @param deviation the largest, absolute or relative as the quantity says; not a number where one
 *     was computed
 * @param tolerance the largest deviation that is allowed
 */
public record Check(String name, Quantity quantity, double deviation, double tolerance) {

  /** Whether the deviation is within the tolerance; one that is not a number never is. */
  public boolean passed() {
    return deviation <= tolerance;
  }
}
