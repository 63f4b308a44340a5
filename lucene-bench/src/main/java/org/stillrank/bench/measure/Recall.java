/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** The share of all relevant documents found among the first ones; trec_eval's {@code recall}. */
record Recall(MinGrade minGrade, Cutoff.At cutoff) implements Measure {
  @Override
  public String name() {
    return "R" + minGrade.suffix() + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    int found = ranking.relevantFound(cutoff, minGrade);
    return found == 0 ? 0 : (double) found / ranking.relevant(minGrade);
  }
}
