/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final int[] query;
  private final int[] text;
  private final Map<Integer, List<Integer>> terms = new HashMap<>();
  private final int[] matches;
  private final double[] scores;

  /**
   * @param query token ids; one that stands there twice counts twice
   */
  WindowBm25(int[] query, int[] text, List<Span> windows) {
    this.windows = windows;
    this.query = query;
    this.text = text;
    for (int term = 0; term < query.length; term++) {
      terms.computeIfAbsent(query[term], id -> new ArrayList<>()).add(term);
    }
    matches = IntStream.range(0, text.length).filter(at -> terms.containsKey(text[at])).toArray();
    double[] weights = weights();
    scores = new double[windows.size()];
    int[] frequencies = new int[query.length];
    for (int window = 0; window < scores.length; window++) {
      count(windows.get(window), frequencies);
      for (int term = 0; term < query.length; term++) {
        scores[window] += weights[term] * frequencies[term] / (frequencies[term] + K1);
      }
    }
  }

  /** The inverse document frequency of each token of the query. */
  private double[] weights() {
    int[] containing = new int[query.length];
    int[] frequencies = new int[query.length];
    for (Span window : windows) {
      count(window, frequencies);
      for (int term = 0; term < query.length; term++) {
        containing[term] += frequencies[term] > 0 ? 1 : 0;
      }
    }
    return Arrays.stream(containing)
        .mapToDouble(count -> Math.log1p((windows.size() - count + 0.5) / (count + 0.5)))
        .toArray();
  }

  /** How often each token of the query stands in a window. */
  private void count(Span window, int[] frequencies) {
    Arrays.fill(frequencies, 0);
    for (int match = firstAtLeast(matches, window.from());
        match < matches.length && matches[match] < window.to();
        match++) {
      for (int term : terms.getOrDefault(text[matches[match]], List.of())) {
        frequencies[term]++;
      }
    }
  }

  private static int firstAtLeast(int[] ascending, int value) {
    int found = Arrays.binarySearch(ascending, value);
    return found < 0 ? -found - 1 : found;
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
