/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.encoder.Precision;

/**
 * AdamW with linear warm-up and decay.
 *
 * @param learningRate the highest rate, reached after warm-up
 * @param warmup fraction of the steps in which the rate rises, 0 to below 1
 * @param steps optimiser steps; exclusive with {@code epochs}
 * @param epochs passes over the training lists, such as 1.5; exclusive with {@code steps}
 * @param queriesPerStep lists that one optimiser step sees, over all accumulation parts
 * @param documentsPerQuery documents kept of a list, the relevant one first
 * @param accumulation parts a step's lists are computed in, to save memory
 * @param clip largest norm of all gradients together
 * @param weightDecay of weight matrices; biases and LayerNorms have none
 * @param dropout probability in the encoder and before the head, 0 to below 1
 * @param attentionDropout probability on attention weights, 0 to below 1; as {@code dropout} when
 *     it is not given. At 0 a step is much faster
 * @param precision of the layers in training and validation; float32 when it is not given
 * @param activations kept until a part's gradients are computed, or computed again for the memory
 *     of one batch; kept when not given
 * @param seed of weights, order and dropout
 */
public record Optimisation(
    double learningRate,
    double warmup,
    @Nullable Integer steps,
    @Nullable Double epochs,
    int queriesPerStep,
    int documentsPerQuery,
    int accumulation,
    double clip,
    double weightDecay,
    double dropout,
    @Nullable Double attentionDropout,
    @Nullable Precision precision,
    @Nullable Activations activations,
    long seed) {

  public Optimisation {
    Bound.positive("learning_rate", learningRate);
    Bound.fraction("warmup", warmup);
    if ((steps == null) == (epochs == null)) {
      throw new InvalidInputException("give either [steps] or [epochs], not both or none");
    }
    if (steps != null) {
      Bound.atLeast("steps", steps, 1);
    }
    if (epochs != null) {
      Bound.positive("epochs", epochs);
    }
    Bound.atLeast("queries_per_step", queriesPerStep, 1);
    Bound.atLeast("documents_per_query", documentsPerQuery, 2);
    Bound.atLeast("accumulation", accumulation, 1);
    if (queriesPerStep % accumulation != 0) {
      throw new InvalidInputException(
          "[accumulation] is ["
              + accumulation
              + "]; it must divide queries_per_step ["
              + queriesPerStep
              + "]");
    }
    Bound.positive("clip", clip);
    Bound.notNegative("weight_decay", weightDecay);
    Bound.fraction("dropout", dropout);
    if (attentionDropout != null) {
      Bound.fraction("attention_dropout", attentionDropout);
    }
  }
}
