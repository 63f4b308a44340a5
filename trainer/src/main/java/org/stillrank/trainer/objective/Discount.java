/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

/** How much a document counts that the teacher ranks R, from 1. */
public enum Discount {
  /** {@code 1 / log2(R + 1)}, as in nDCG. */
  LOG2 {
    @Override
    public double at(int rank) {
      return Math.log(2) / Math.log(rank + 1.0);
    }
  },
  /** {@code 1 / R}. */
  RECIPROCAL {
    @Override
    public double at(int rank) {
      return 1.0 / rank;
    }
  },
  /** Every document counts 1. */
  NONE {
    @Override
    public double at(int rank) {
      return 1;
    }
  };

  /** The weight of a rank, which counts from 1. */
  public abstract double at(int rank);
}
