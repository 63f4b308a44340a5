/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** 1 when a relevant document is among the first ones; trec_eval's {@code success}. */
record Success(MinGrade minGrade, Cutoff.At cutoff) implements Measure {
  @Override
  public String name() {
    return "Success" + minGrade.suffix() + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    return ranking.relevantFound(cutoff, minGrade) > 0 ? 1 : 0;
  }
}
