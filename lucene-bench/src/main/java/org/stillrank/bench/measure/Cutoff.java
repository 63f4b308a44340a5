/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** How many of the first documents of a ranking a measure looks at. */
sealed interface Cutoff {
  /** The number of documents looked at in a ranking of {@code depth} documents. */
  int within(int depth);

  /** What stands behind the measure's name: {@code @10}, or nothing. */
  String suffix();

  /** The whole ranking. */
  record Whole() implements Cutoff {
    @Override
    public int within(int depth) {
      return depth;
    }

    @Override
    public String suffix() {
      return "";
    }
  }

  /** The first {@code rank} documents. */
  record At(int rank) implements Cutoff {
    @Override
    public int within(int depth) {
      return Math.min(rank, depth);
    }

    @Override
    public String suffix() {
      return "@" + rank;
    }
  }
}
