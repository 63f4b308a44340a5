/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

/**
 * How often each of a query's terms stands in a window that moves through a text, only onwards:
 * what comes in is added and what falls out taken away, so all windows together cost what the text
 * does.
 */
final class SlidingCounts {
  private final int[] text;
  private final int[] counts;
  private int from;
  private int to;

  /**
   * @param text of {@link QueryTerms#of}
   */
  SlidingCounts(QueryTerms terms, int[] text) {
    this.text = text;
    this.counts = new int[terms.count()];
  }

  /**
   * Of each term.
   *
   * @param window begins and ends where the one before did, or later
   * @return valid until the next call
   */
  int[] in(Span window) {
    for (; to < window.to(); to++) {
      add(text[to], 1);
    }
    for (; from < window.from(); from++) {
      add(text[from], -1);
    }
    return counts;
  }

  private void add(int term, int times) {
    if (term != QueryTerms.NONE) {
      counts[term] += times;
    }
  }
}
