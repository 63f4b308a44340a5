/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scale;

/**
 * The one scale of all hits of a reranked search, so that shards and nodes can be merged whatever
 * happened on each: reranked hits are above 0, hits without text are 0, hits that kept their place
 * in the first stage are below 0.
 */
public final class RelevanceScale {
  /** The score of a hit that has no text in any of the fields. */
  public static final float WITHOUT_TEXT = 0;

  private RelevanceScale() {}

  /**
   * A reranked hit: {@code max(s,0) + min(e^s,1)}, above 0 and rising with the logit. It equals
   * {@code s + 1} for relevant passages and tends to 0 for others.
   */
  public static float ofLogit(float logit) {
    float score = (float) (Math.max(logit, 0) + Math.min(Math.exp(logit), 1));
    // e^s is below the smallest float from about -103 on, and 0 means a hit without text.
    return Math.max(score, Float.MIN_VALUE);
  }

  /**
   * The logit of a reranked hit: to 1e-5 from -87, below which float scores are too small to tell,
   * up to 127.
   *
   * @throws IllegalArgumentException when the score is not above 0, where there is no logit
   */
  public static float logitOf(double score) {
    if (!(score > 0)) {
      throw new IllegalArgumentException("no reranked hit has a score of [" + score + "]");
    }
    return (float) (score >= 1 ? score - 1 : Math.log(score));
  }

  /**
   * A hit that could not be reranked: {@code -1 / (1 + max(s1,0))}, below every reranked hit and in
   * the order of the first stage, across shards too.
   */
  public static float ofFirstStage(float firstStageScore) {
    return -1 / (1 + Math.max(firstStageScore, 0));
  }
}
