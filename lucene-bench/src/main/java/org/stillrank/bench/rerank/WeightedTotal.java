/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scale.RelevanceScale;

/**
 * The clause's {@code score_mode} {@code total}: the model's score on {@link RelevanceScale} plus
 * the first stage's times a weight. What the model finds irrelevant is next to 0 there, so the
 * first stage orders it; what the model finds relevant is a whole logit apart, so the model does.
 *
 * @param queryWeight of the first stage, the clause's {@code query_weight}; 0 is the model alone
 */
public record WeightedTotal(double queryWeight) implements Blend {
  public WeightedTotal {
    requireWeight(queryWeight);
  }

  static void requireWeight(double queryWeight) {
    if (!(queryWeight >= 0 && queryWeight < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "the weight [" + queryWeight + "] of the first stage is not a number, 0 or more");
    }
  }

  @Override
  public double[] of(double[] logits, double[] firstStage) {
    double[] totals = new double[logits.length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] =
          RelevanceScale.ofLogit((float) logits[i]) + queryWeight * Math.max(firstStage[i], 0);
    }
    return totals;
  }

  @Override
  public String named(String model, String firstStage) {
    return model + "+" + queryWeight + "x" + firstStage;
  }
}
