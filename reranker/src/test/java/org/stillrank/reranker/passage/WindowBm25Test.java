/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the formula and the rule, written as loops that count everything anew. */
class WindowBm25Test {
  private static final double K1 = 0.9;

  @Test
  void scoresAndSelectionsAreThoseOfPlainLoops() {
    Random random = new Random(25);
    int selected = 0;
    while (selected < 5_000) {
      int vocabulary = 1 + random.nextInt(12);
      int[] text = tokens(random, 1 + random.nextInt(80), vocabulary);
      int[] query = tokens(random, random.nextInt(9), vocabulary + 2);
      int length = 1 + random.nextInt(12);
      int lead = random.nextInt(length);
      int stride = 1 + random.nextInt(length - lead);
      int max = 1 + random.nextInt(6);
      List<Span> windows =
          new Windows(length, lead, stride, max, Selection.LEXICAL, Aggregation.max())
              .over(text.length);
      WindowBm25 bm25 = new WindowBm25(query, text, windows);
      double[] scores = IntStream.range(0, windows.size()).mapToDouble(bm25::score).toArray();
      assertThat(scores).containsExactly(scores(query, text, windows), within(1e-12));
      assertThat(bm25.best(max)).isEqualTo(best(windows, scores, max));
      selected += windows.size() > max ? 1 : 0;
    }
  }

  /** Every token begins a window, and all are the one that is the whole query. */
  @Test
  @Timeout(10)
  void aTokenThatIsEverywhereTakesNoLonger() {
    int[] text = new int[250_000];
    int[] query = new int[64];
    Windows windows = new Windows(384, 1, 3, Selection.LEXICAL, Aggregation.max());
    assertThat(windows.spans(query, text))
        .containsExactly(new Span(0, 384), new Span(384, 768), new Span(768, 1152));
  }

  /** Far apart, so that some end in the same bits. */
  private static int[] tokens(Random random, int count, int vocabulary) {
    return random.ints(count, 0, vocabulary).map(token -> 512 * token).toArray();
  }

  private static double[] scores(int[] query, int[] text, List<Span> windows) {
    double[] scores = new double[windows.size()];
    for (int token : query) {
      double containing = windows.stream().filter(each -> count(token, text, each) > 0).count();
      double idf = Math.log(1 + (windows.size() - containing + 0.5) / (containing + 0.5));
      for (int window = 0; window < scores.length; window++) {
        double frequency = count(token, text, windows.get(window));
        scores[window] += idf * frequency / (frequency + K1);
      }
    }
    return scores;
  }

  private static long count(int token, int[] text, Span window) {
    return Arrays.stream(text, window.from(), window.to()).filter(each -> each == token).count();
  }

  /** The best first, those that overlap none before them, then the others. */
  private static List<Span> best(List<Span> windows, double[] scores, int max) {
    List<Integer> ranked = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
    ranked.sort(
        Comparator.<Integer>comparingDouble(window -> -scores[window])
            .thenComparing(Comparator.naturalOrder()));
    List<Span> taken = new ArrayList<>();
    for (int window : ranked) {
      if (taken.size() < max && taken.stream().noneMatch(windows.get(window)::overlaps)) {
        taken.add(windows.get(window));
      }
    }
    for (int window : ranked) {
      if (taken.size() < max && !taken.contains(windows.get(window))) {
        taken.add(windows.get(window));
      }
    }
    taken.sort(Comparator.comparingInt(Span::from));
    return taken;
  }
}
