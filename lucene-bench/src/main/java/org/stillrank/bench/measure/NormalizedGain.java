/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.util.List;

/**
 * nDCG of Järvelin and Kekäläinen (ACM TOIS 20, 2002): the gain is the grade, discounted by log2(1
 * + rank); trec_eval's {@code ndcg} and {@code ndcg_cut}.
 */
record NormalizedGain(Cutoff cutoff) implements Measure {
  @Override
  public String name() {
    return "nDCG" + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    List<Integer> ideal = ranking.idealGrades();
    double best = 0;
    for (int i = 0; i < cutoff.within(ideal.size()); i++) {
      best += discounted(ideal.get(i), i);
    }
    if (best == 0) {
      return 0;
    }
    double gained = 0;
    for (int i = 0; i < cutoff.within(ranking.depth()); i++) {
      gained += discounted(ranking.gradeAt(i).orElse(0), i);
    }
    return gained / best;
  }

  private static double discounted(int grade, int index) {
    return grade * Math.log(2) / Math.log(index + 2.0);
  }
}
