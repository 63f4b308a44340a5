/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   */
  WindowBm25(int[] query, int[] text, List<Span> windows) {
    this.windows = windows;
    int[][] frequencies = frequencies(query, text, windows);
    double[] weights = new double[query.length];
    for (int term = 0; term < query.length; term++) {
      weights[term] = inverseFrequency(frequencies, term);
    }
    scores = new double[windows.size()];
    for (int window = 0; window < scores.length; window++) {
      for (int term = 0; term < query.length; term++) {
        int frequency = frequencies[window][term];
        scores[window] += weights[term] * frequency / (frequency + K1);
      }
    }
  }

  /** How often each token of the query stands in each window: [windows][query]. */
  private static int[][] frequencies(int[] query, int[] text, List<Span> windows) {
    Map<Integer, List<Integer>> terms = new HashMap<>();
    for (int term = 0; term < query.length; term++) {
      terms.computeIfAbsent(query[term], id -> new ArrayList<>()).add(term);
    }
    int[] matches =
        IntStream.range(0, text.length).filter(at -> terms.containsKey(text[at])).toArray();
    int[][] frequencies = new int[windows.size()][query.length];
    for (int window = 0; window < frequencies.length; window++) {
      Span span = windows.get(window);
      for (int match = firstAtLeast(matches, span.from());
          match < matches.length && matches[match] < span.to();
          match++) {
        for (int term : terms.getOrDefault(text[matches[match]], List.of())) {
          frequencies[window][term]++;
        }
      }
    }
    return frequencies;
  }

  private static int firstAtLeast(int[] ascending, int value) {
    int found = Arrays.binarySearch(ascending, value);
    return found < 0 ? -found - 1 : found;
  }

  private static double inverseFrequency(int[][] frequencies, int term) {
    long containing = Arrays.stream(frequencies).filter(window -> window[term] > 0).count();
    return Math.log1p((frequencies.length - containing + 0.5) / (containing + 0.5));
  }

  /** Of a window. */
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
    List<Integer> taken = new ArrayList<>();
    for (int window : order) {
      if (taken.size() < count && taken.stream().noneMatch(each -> overlap(each, window))) {
        taken.add(window);
      }
    }
    for (int window : order) {
      if (taken.size() < count && !taken.contains(window)) {
        taken.add(window);
      }
    }
    return taken.stream().sorted().map(windows::get).toList();
  }

  private boolean overlap(int one, int other) {
    return windows.get(one).overlaps(windows.get(other));
  }
}
