/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Passages;

/**
 * Texts to be scored against a query.
 *
 * @param query the text that the others are scored against
 * @param texts whole ones; of each the model sees its passages
 * @param passages which parts of a text are scored
 * @param maxTokens of all pairs together, so that a request's cost is bounded however long and many
 *     its texts are
 */
public record ScoringRequest(String query, List<String> texts, Passages passages, long maxTokens) {
  public ScoringRequest {
    texts = List.copyOf(texts);
    if (maxTokens < 1) {
      throw new InvalidInputException("[max_tokens] is [" + maxTokens + "]; give 1 or more");
    }
  }

  /** The beginning of each text, and as many tokens as that takes. */
  public static ScoringRequest ofBeginnings(String query, List<String> texts) {
    return new ScoringRequest(query, texts, Passages.beginning(), Long.MAX_VALUE);
  }
}
