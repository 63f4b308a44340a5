/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import org.stillrank.reranker.scale.RelevanceScale;

/**
 * How the scores of two stages become one.
 *
 * @param mode how they are joined
 * @param queryWeight of the first stage, 0 or more
 * @param rescoreQueryWeight of the model's score on {@link RelevanceScale}, or of its logit where
 *     logits are added, 0 or more
 */
public record Combination(ScoreMode mode, float queryWeight, float rescoreQueryWeight) {
  /** The model's score alone. */
  public static final Combination REPLACE = new Combination(ScoreMode.REPLACE, 1, 1);

  /** The score of a hit; first-stage scores below 0 count as 0. */
  public float of(float firstStageScore, float rescored) {
    return mode.combine(queryWeight * Math.max(firstStageScore, 0), rescored, rescoreQueryWeight);
  }
}
