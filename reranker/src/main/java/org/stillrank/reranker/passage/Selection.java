/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.List;

/** Which windows of a text are scored when it has more than are wanted. */
public enum Selection {
  /** The first ones. */
  NONE {
    @Override
    List<Span> of(List<Span> windows, int[] query, int[] text, int max) {
      return List.copyOf(windows.subList(0, Math.min(max, windows.size())));
    }
  },

  /**
   * The best ones by BM25 of the query's tokens over the text's own windows: so cheap that the
   * model's time is spent where the query's words are (as IDCM does with a small network,
   * Hofstätter et al. 2021, arXiv 2105.09816).
   */
  LEXICAL {
    @Override
    List<Span> of(List<Span> windows, int[] query, int[] text, int max) {
      return windows.size() <= max
          ? List.copyOf(windows)
          : new WindowBm25(query, text, windows).best(max);
    }
  };

  /** At most {@code max} of the windows, in their order. */
  abstract List<Span> of(List<Span> windows, int[] query, int[] text, int max);
}
