/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.List;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

/** Says how well each text answers a query; more is better. */
@FunctionalInterface
public interface PairScorer {
  /** Scores in the order of the texts, {@code [texts]}. */
  float[] score(String query, List<String> texts);

  /** The raw logits of a model, which stays the caller's to close. */
  static PairScorer of(CrossEncoder model, Passages passages) {
    return (query, texts) ->
        model
            .measured(
                ScoringRequest.of(query, texts, passages, TokenLimit.none()), Cancellation.NONE)
            .logits();
  }
}
