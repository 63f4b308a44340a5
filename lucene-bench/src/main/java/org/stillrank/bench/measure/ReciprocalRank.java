/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** One over the rank of the first relevant document; trec_eval's {@code recip_rank}. */
record ReciprocalRank(MinGrade minGrade, Cutoff cutoff) implements Measure {
  @Override
  public String name() {
    return "RR" + minGrade.suffix() + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    for (int i = 0; i < cutoff.within(ranking.depth()); i++) {
      if (ranking.relevantAt(i, minGrade)) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }
}
