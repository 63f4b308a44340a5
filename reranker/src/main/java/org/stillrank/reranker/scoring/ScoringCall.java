/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.head.ScoringHead;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.TokenPair;

/** The model's part of one call: its batches, scored by the workers. */
final class ScoringCall {
  private final ScoringHead head;
  private final List<TokenPair> pairs;
  private final int padId;
  private final List<int[]> batches;
  private final Workers workers;
  private final float[] scores;
  private final Termination termination = new Termination();
  private final SharedWork work;

  ScoringCall(
      ScoringHead head, List<TokenPair> pairs, int padId, List<int[]> batches, Workers workers) {
    this.head = head;
    this.pairs = pairs;
    this.padId = padId;
    this.batches = batches;
    this.workers = workers;
    this.scores = new float[pairs.size()];
    this.work =
        new SharedWork(
            "scoring [" + pairs.size() + "] passages", batches.size(), this::score, termination);
  }

  float[] run(Cancellation cancellation) {
    work.run(workers, cancellation);
    return scores;
  }

  /** Until a worker began with the first batch; 0 when none has. */
  long queueNanos() {
    return work.queueNanos();
  }

  private void score(int index) {
    int[] batch = batches.get(index);
    List<TokenPair> rows = new ArrayList<>(batch.length);
    for (int row : batch) {
      rows.add(pairs.get(row));
    }
    TokenInputs inputs = workers.borrowInputs();
    try {
      float[] logits = head.logits(inputs.fill(rows, padId), termination);
      for (int row = 0; row < batch.length; row++) {
        scores[batch[row]] = logits[row];
      }
    } finally {
      workers.giveBack(inputs);
    }
  }
}
