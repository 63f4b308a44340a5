/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/**
 * How often a relevant document stands above judged, not relevant ones, of which as many count as
 * are relevant; unjudged documents do not matter (Buckley and Voorhees, SIGIR 2004); trec_eval's
 * {@code bpref}.
 */
record BinaryPreference(MinGrade minGrade) implements Measure {
  @Override
  public String name() {
    return "Bpref" + minGrade.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    int relevant = ranking.relevant(minGrade);
    if (relevant == 0) {
      return 0;
    }
    int counted = Math.min(ranking.nonRelevant(minGrade), relevant);
    int nonRelevantAbove = 0;
    double sum = 0;
    for (int i = 0; i < ranking.depth(); i++) {
      if (ranking.relevantAt(i, minGrade)) {
        sum +=
            nonRelevantAbove == 0 ? 1 : 1 - (double) Math.min(nonRelevantAbove, relevant) / counted;
      } else if (ranking.gradeAt(i).isPresent()) {
        nonRelevantAbove++;
      }
    }
    return sum / relevant;
  }
}
