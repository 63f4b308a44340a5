/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.bench.run.StrictOrder;
import org.stillrank.distribution.cluster.Reranking;
import org.stillrank.distribution.cluster.SearchBody;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.SearchIndex.Answer;
import org.stillrank.distribution.cluster.SearchIndex.Hit;

/**
 * Every topic searched twice, without and with the {@code rescore} clause.
 *
 * @param pairs in the order of the topics
 * @param before nDCG@10 of the plain search, by topic
 * @param after the same with the clause
 */
record Demonstration(List<Pair> pairs, Evaluation before, Evaluation after) {
  static final Measure MEASURE = Measure.parse("nDCG@10");

  /**
   * A topic's two answers.
   *
   * @param plain hits of the whole window, so that one can tell where a hit came from
   * @param reranked the first hits
   */
  record Pair(Topic topic, Answer plain, Answer reranked) {}

  /**
   * @param window hits that the model reorders
   * @param shown hits of a reranked answer
   */
  static Demonstration of(
      SearchIndex index,
      List<Topic> topics,
      Qrels qrels,
      String model,
      int window,
      int shown,
      Progress.Display display)
      throws IOException {
    Reranking how = Reranking.ofBeginnings(model, window);
    List<Pair> pairs = new ArrayList<>();
    try (Progress progress = display.start("search and rerank", topics.size())) {
      for (Topic topic : topics) {
        Answer plain = index.search(SearchBody.bm25(topic.text(), window));
        Answer reranked =
            index.search(
                SearchBody.reranked(SearchBody.bm25(topic.text(), shown), how, topic.text()));
        pairs.add(new Pair(topic, plain, reranked));
        progress.step(1);
      }
    }
    return new Demonstration(
        List.copyOf(pairs),
        measured(pairs, Pair::plain, qrels),
        measured(pairs, Pair::reranked, qrels));
  }

  private static Evaluation measured(List<Pair> pairs, Function<Pair, Answer> which, Qrels qrels) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      List<ScoredDocument> hits = new ArrayList<>();
      for (Hit hit : which.apply(pair).hits()) {
        hits.add(new ScoredDocument(hit.id(), hit.score()));
      }
      rankings.put(pair.topic().id(), StrictOrder.of(hits));
    }
    return Evaluation.of(List.of(MEASURE), new Run("demonstration", rankings), qrels);
  }
}
