/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * BM25 (Robertson and Zaragoza 2009) of a query over the windows of one text as its documents and
 * token ids as its terms. Windows are equally long, so nothing is normalised by length.
 */
final class WindowBm25 {
  /** As in Anserini, whose BM25 is the first stage that we compare with. */
  private static final double K1 = 0.9;

  private final List<Span> windows;
  private final double[] scores;

  /**
   * @param query token ids; one that stands there twice counts twice
   * @param windows in the order of the text; of two, the later neither begins nor ends first
   */
  WindowBm25(int[] query, int[] text, List<Span> windows) {
    this.windows = windows;
    this.scores = new double[windows.size()];
    QueryTerms terms = new QueryTerms(query);
    int[] termsOfText = terms.of(text);
    double[] weights = weights(terms, new SlidingCounts(terms, termsOfText));
    SlidingCounts counts = new SlidingCounts(terms, termsOfText);
    for (int window = 0; window < scores.length; window++) {
      int[] frequencies = counts.in(windows.get(window));
      for (int term = 0; term < weights.length; term++) {
        if (frequencies[term] > 0) {
          scores[window] += weights[term] * frequencies[term] / (frequencies[term] + K1);
        }
      }
    }
  }

  /** The inverse document frequency of each term, as often as it stands in the query. */
  private double[] weights(QueryTerms terms, SlidingCounts counts) {
    int[] containing = new int[terms.count()];
    for (Span window : windows) {
      int[] frequencies = counts.in(window);
      for (int term = 0; term < containing.length; term++) {
        containing[term] += frequencies[term] > 0 ? 1 : 0;
      }
    }
    double[] weights = new double[containing.length];
    for (int term = 0; term < weights.length; term++) {
      double without = windows.size() - containing[term];
      weights[term] = terms.times(term) * Math.log1p((without + 0.5) / (containing[term] + 0.5));
    }
    return weights;
  }

  /** Of one of the windows, as {@link #best} ranks them; 0 without any of the query's tokens. */
  double score(int window) {
    return scores[window];
  }

  /**
   * The best ones in their order. Of two that overlap only the better is taken, as long as there
   * are others, because they say much the same; of equal ones the earlier.
   */
  List<Span> best(int count) {
    List<Integer> order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(window -> -scores[window]))
            .toList();
    TreeSet<Integer> taken = new TreeSet<>();
    for (int window : order) {
      if (taken.size() < count && isFree(window, taken)) {
        taken.add(window);
      }
    }
    for (int window : order) {
      if (taken.size() < count) {
        taken.add(window);
      }
    }
    return taken.stream().map(windows::get).toList();
  }

  /** Windows are in the order of the text, so only the nearest taken ones may overlap. */
  private boolean isFree(int window, TreeSet<Integer> taken) {
    Integer before = taken.floor(window);
    Integer after = taken.ceiling(window);
    return (before == null || !windows.get(before).overlaps(windows.get(window)))
        && (after == null || !windows.get(after).overlaps(windows.get(window)));
  }
}
