/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.List;

/**
 * Scores and what they took.
 *
 * @param logits raw, in the order of the texts
 * @param winners the passage of each text that counts most
 * @param computed texts that the model was asked for; others were known before
 * @param passages scored, of these texts together
 * @param tokens of all pairs
 * @param paddedTokens the same with what fills the batches
 * @param batches run
 * @param tokeniseNanos spent on making tokens
 * @param queueNanos of the next: until a worker began with the first batch
 * @param modelNanos spent waiting for workers and in the model
 */
@SuppressWarnings("ArrayRecordComponent") // the scores, not compared
public record Scored(
    float[] logits,
    List<ScoredPassage> winners,
    int computed,
    int passages,
    long tokens,
    long paddedTokens,
    int batches,
    long tokeniseNanos,
    long queueNanos,
    long modelNanos) {
  static final Scored NOTHING = new Scored(new float[0], List.of(), 0, 0, 0, 0, 0, 0, 0, 0);

  /** The same effort for the scores of these texts, of which some were known before. */
  public Scored withScores(float[] ofTexts, List<ScoredPassage> passagesOfTexts) {
    return new Scored(
        ofTexts,
        passagesOfTexts,
        computed,
        passages,
        tokens,
        paddedTokens,
        batches,
        tokeniseNanos,
        queueNanos,
        modelNanos);
  }
}
