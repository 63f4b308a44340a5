/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/**
 * The share of relevant documents among the first ones; a shorter ranking is filled up with others;
 * trec_eval's {@code P}.
 */
record Precision(MinGrade minGrade, Cutoff.At cutoff) implements Measure {
  @Override
  public String name() {
    return "P" + minGrade.suffix() + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    return (double) ranking.relevantFound(cutoff, minGrade) / cutoff.rank();
  }
}
