/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** The precision after as many documents as are relevant; trec_eval's {@code Rprec}. */
record RPrecision(MinGrade minGrade) implements Measure {
  @Override
  public String name() {
    return "Rprec" + minGrade.suffix();
  }

  @Override
  public double of(JudgedRanking ranking) {
    int relevant = ranking.relevant(minGrade);
    return relevant == 0
        ? 0
        : (double) ranking.relevantFound(new Cutoff.At(relevant), minGrade) / relevant;
  }
}
