/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import org.stillrank.reranker.tokenization.TextBeginning;

/** What is scored: a text, or the token ids that a text had when somebody made them before. */
public sealed interface ScoredText {
  /** Of a longer text no more than this is read. */
  int MOST_CHARACTERS = 1_000_000;

  /** As much of a text as is read, in whole characters: half a surrogate pair is none. */
  static String beginning(String text) {
    return TextBeginning.of(text, MOST_CHARACTERS);
  }

  /**
   * As it is written.
   *
   * @param text whole
   */
  record Written(String text) implements ScoredText {}

  /**
   * Token ids of a whole text by the model's own tokenizer, special ones not included; see {@link
   * org.stillrank.reranker.tokenization.PairTokenizer#text}.
   */
  @SuppressWarnings("ArrayRecordComponent") // thousands of them are read: a list would box every id
  record Tokenised(int[] ids) implements ScoredText {}
}
