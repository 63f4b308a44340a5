/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How much the model counts against the first stage, both scaled to [0, 1] by the topic's least and
 * greatest score (Lee, SIGIR 1997), because logits and BM25 have no common unit. The model alone
 * keeps its logits.
 *
 * @param modelWeight 1 is the model alone, 0 the first stage alone
 */
public record Interpolation(double modelWeight) implements Blend {
  public Interpolation {
    if (!(modelWeight >= 0 && modelWeight <= 1)) {
      throw new InvalidInputException(
          "the weight [" + modelWeight + "] of the model is not between 0 and 1");
    }
  }

  @Override
  public double[] of(double[] logits, double[] firstStage) {
    if (modelWeight == 1) {
      return logits.clone();
    }
    double[] scaledModel = scaled(logits);
    double[] scaledFirst = scaled(firstStage);
    double[] mixed = new double[logits.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = modelWeight * scaledModel[i] + (1 - modelWeight) * scaledFirst[i];
    }
    return mixed;
  }

  @Override
  public String named(String model, String firstStage) {
    return model + "+" + firstStage + "@" + modelWeight;
  }

  private static double[] scaled(double[] scores) {
    double least = Arrays.stream(scores).min().orElse(0);
    double range = Arrays.stream(scores).max().orElse(0) - least;
    return Arrays.stream(scores).map(score -> range == 0 ? 0 : (score - least) / range).toArray();
  }
}
