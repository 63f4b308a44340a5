/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.stillrank.bench.bm25.EnglishAnalysis;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.bench.run.StrictOrder;

/** What the server itself finds, beside what the bench found. */
public record ServedBm25(Run run, List<String> serverWords, List<String> benchWords) {
  private static final int COMPARED = 100;

  /** {@code index.max_result_window}, unless an index has another one. */
  private static final int LARGEST_WINDOW = 10_000;

  /**
   * Searches the server's index for every topic.
   *
   * @param topics at least one
   * @param hits of each; at least 100, which are compared, and at most what the server's window
   *     holds
   */
  public static ServedBm25 of(
      SearchIndex index, List<Topic> topics, int hits, Progress.Display display)
      throws IOException {
    int size = Math.clamp(hits, COMPARED, LARGEST_WINDOW);
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    try (Progress progress = display.start("search in the server", topics.size())) {
      for (Topic topic : topics) {
        List<ScoredDocument> found =
            index.search(SearchBody.bm25(topic.text(), size)).hits().stream()
                .map(hit -> new ScoredDocument(hit.id(), hit.score()))
                .toList();
        rankings.put(topic.id(), StrictOrder.of(found));
        progress.step(1);
      }
    }
    String text = topics.getFirst().text();
    try (EnglishAnalysis analysis = new EnglishAnalysis()) {
      return new ServedBm25(
          new Run("server-bm25", rankings), index.analysed(text), analysis.terms(text));
    }
  }

  /** A few lines that say how it differs from the bench's BM25 of the same topics. */
  public String comparedWith(Run bench, Measure measure, Qrels qrels) {
    double server = Evaluation.of(List.of(measure), run, qrels).mean(measure);
    double here = Evaluation.of(List.of(measure), bench, qrels).mean(measure);
    return String.format(
        Locale.ROOT,
        "The server's own BM25 (k1 1.2, b 0.75, title and text apart): %s %.4f, here %.4f; %.1f %% of"
            + " the first %d hits are the same.%n%s%n",
        measure.name(),
        server,
        here,
        100 * shared(bench),
        COMPARED,
        serverWords.equals(benchWords)
            ? "Both cut the first topic into the words " + benchWords + "."
            : "It cuts the first topic into "
                + serverWords
                + ", the bench into "
                + benchWords
                + ".");
  }

  private double shared(Run bench) {
    long same = 0;
    long all = 0;
    for (String topic : run.topics()) {
      Set<String> theirs = new HashSet<>();
      run.ranking(topic).stream().limit(COMPARED).forEach(hit -> theirs.add(hit.docId()));
      List<ScoredDocument> ours = bench.ranking(topic);
      ours = ours.subList(0, Math.min(COMPARED, ours.size()));
      all += ours.size();
      same += ours.stream().filter(hit -> theirs.contains(hit.docId())).count();
    }
    return all == 0 ? 1 : (double) same / all;
  }
}
