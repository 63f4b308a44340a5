/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

/**
 * The clause's {@code score_mode} {@code logit_total}: the model's logit plus the first stage's
 * score times a weight, evidence for and against relevance on the scale of log odds.
 *
 * @param queryWeight of the first stage, the clause's {@code query_weight}; 0 is the model alone
 */
public record LogitTotal(double queryWeight) implements Blend {
  public LogitTotal {
    WeightedTotal.requireWeight(queryWeight);
  }

  @Override
  public double[] of(double[] logits, double[] firstStage) {
    double[] totals = new double[logits.length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = logits[i] + queryWeight * Math.max(firstStage[i], 0);
    }
    return totals;
  }

  @Override
  public String named(String model, String firstStage) {
    return "logit(" + model + ")+" + queryWeight + "x" + firstStage;
  }
}
