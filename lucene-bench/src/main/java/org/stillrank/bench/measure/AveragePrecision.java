/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/**
 * The precision at each relevant document, summed and divided by the number of relevant documents;
 * trec_eval's {@code map} and {@code map_cut}.
 */
record AveragePrecision(MinGrade minGrade, Cutoff cutoff) implements Measure {
  @Override
  public String name() {
    return "AP" + minGrade.suffix() + cutoff.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    int found = 0;
    double sum = 0;
    for (int i = 0; i < cutoff.within(ranking.depth()); i++) {
      if (ranking.relevantAt(i, minGrade)) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return found == 0 ? 0 : sum / ranking.relevant(minGrade);
  }
}
