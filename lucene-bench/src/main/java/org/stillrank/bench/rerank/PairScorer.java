/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.List;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;

/** Says how well each passage answers a query; more is better. */
@FunctionalInterface
public interface PairScorer {
  /** Scores in the order of the passages, {@code [passages]}. */
  float[] score(String query, List<String> passages);

  /** The raw logits of a model, which stays the caller's to close. */
  static PairScorer of(CrossEncoder model) {
    return (query, passages) -> model.score(query, passages, Cancellation.NONE);
  }
}
