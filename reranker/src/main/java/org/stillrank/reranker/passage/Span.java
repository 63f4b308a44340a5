/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

/**
 * Tokens of a text that follow each other.
 *
 * @param from the first one's index, from 0
 * @param to the index behind the last one
 */
public record Span(int from, int to) {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no span from [" + from + "] to [" + to + "]");
    }
  }

  /** How many tokens. */
  public int length() {
    return to - from;
  }

  /** Its beginning, so many tokens at most. */
  public Span upTo(int tokens) {
    return length() <= tokens ? this : new Span(from, from + tokens);
  }

  boolean overlaps(Span other) {
    return from < other.to && other.from < to;
  }
}
