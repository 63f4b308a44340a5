/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How much the model counts against the first stage.
 *
 * @param modelWeight 1 is the model alone, 0 the first stage alone
 */
public record Blend(double modelWeight) {
  /** The model alone decides. */
  public static final Blend MODEL_ALONE = new Blend(1);

  public Blend {
    if (!(modelWeight >= 0 && modelWeight <= 1)) {
      throw new InvalidInputException(
          "the weight [" + modelWeight + "] of the model is not between 0 and 1");
    }
  }

  /**
   * One score for each candidate of a topic, {@code [candidates]}. A mix is of scores scaled to [0,
   * 1] by the topic's least and greatest (Lee, SIGIR 1997), because logits and BM25 have no common
   * unit; the model alone keeps its logits.
   */
  double[] of(double[] model, double[] firstStage) {
    if (modelWeight == 1) {
      return model.clone();
    }
    double[] scaledModel = scaled(model);
    double[] scaledFirst = scaled(firstStage);
    double[] mixed = new double[model.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = modelWeight * scaledModel[i] + (1 - modelWeight) * scaledFirst[i];
    }
    return mixed;
  }

  private static double[] scaled(double[] scores) {
    double least = Arrays.stream(scores).min().orElse(0);
    double range = Arrays.stream(scores).max().orElse(0) - least;
    return Arrays.stream(scores).map(score -> range == 0 ? 0 : (score - least) / range).toArray();
  }
}
