/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.List;
import org.stillrank.reranker.passage.Passages;

/**
 * Texts to be scored against a query.
 *
 * @param query the text that the others are scored against
 * @param texts whole ones; of each the model sees its passages
 * @param passages which parts of a text are scored
 * @param limit of its cost
 */
public record ScoringRequest(
    String query, List<ScoredText> texts, Passages passages, TokenLimit limit) {
  public ScoringRequest {
    texts = List.copyOf(texts);
  }

  /** Of texts as they are written. */
  public static ScoringRequest of(
      String query, List<String> texts, Passages passages, TokenLimit limit) {
    return new ScoringRequest(
        query, texts.stream().<ScoredText>map(ScoredText.Written::new).toList(), passages, limit);
  }

  /** The beginning of each text, and as many tokens as that takes. */
  public static ScoringRequest ofBeginnings(String query, List<String> texts) {
    return of(query, texts, Passages.beginning(), TokenLimit.none());
  }

  /** The same for other texts. */
  public ScoringRequest withTexts(List<ScoredText> others) {
    return new ScoringRequest(query, others, passages, limit);
  }
}
