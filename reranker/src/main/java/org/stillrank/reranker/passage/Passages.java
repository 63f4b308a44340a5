/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.List;

/**
 * Which parts of a text a model sees, and what their scores make the text's.
 *
 * <p>A model reads {@code max_length} tokens. Of a longer text it sees the beginning only, or
 * windows, each scored as a pair of its own with the query.
 */
public sealed interface Passages permits Beginning, Windows {

  /** A text's beginning, as far as the model reads. */
  static Passages beginning() {
    return Beginning.OF_THE_TEXT;
  }

  /**
   * The spans that are scored, in the order of the text: at least one, the whole text when it is
   * short. Before each that does not begin with the text stands the lead.
   *
   * @param query token ids, special tokens not included
   * @param text token ids, special tokens not included
   */
  List<Span> spans(int[] query, int[] text);

  /** Tokens of the text's beginning that the model reads before every other part of it. */
  int lead();

  /** How the scores of a text's spans become its own. */
  Aggregation aggregation();
}
