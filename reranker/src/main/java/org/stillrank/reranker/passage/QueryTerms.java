/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The different tokens of a query, numbered from 0. */
final class QueryTerms {
  /** A token that is none of them. */
  static final int NONE = -1;

  // Most tokens of a text are none of a query's, which their last bits tell sooner than a search.
  private static final int LAST_BITS = (1 << 10) - 1;

  private final int[] ids;
  private final int[] times;
  private final boolean[] lastBits = new boolean[LAST_BITS + 1];

  QueryTerms(int[] query) {
    ids = IntStream.of(query).sorted().distinct().toArray();
    times = new int[ids.length];
    for (int id : query) {
      times[Arrays.binarySearch(ids, id)]++;
      lastBits[id & LAST_BITS] = true;
    }
  }

  int count() {
    return ids.length;
  }

  /** How often one stands in the query. */
  int times(int term) {
    return times[term];
  }

  /** Which of them each token of a text is, or {@link #NONE}. */
  int[] of(int[] text) {
    int[] terms = new int[text.length];
    for (int at = 0; at < text.length; at++) {
      int id = text[at];
      terms[at] = lastBits[id & LAST_BITS] ? Math.max(NONE, Arrays.binarySearch(ids, id)) : NONE;
    }
    return terms;
  }
}
