/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

/** Numbers that an objective cannot do without being above 0. */
final class Positive {
  private Positive() {}

  static void check(String name, double value) {
    if (!(value > 0) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " " + value + " is not above 0");
    }
  }
}
