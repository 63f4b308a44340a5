/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

/** Where values stand between the ends of an axis. */
public enum Scale {
  LINEAR {
    @Override
    double place(double value) {
      return value;
    }
  },

  /** Equal ratios are equally far apart; for values above 0. */
  LOGARITHMIC {
    @Override
    double place(double value) {
      return Math.log10(value);
    }
  };

  abstract double place(double value);
}
