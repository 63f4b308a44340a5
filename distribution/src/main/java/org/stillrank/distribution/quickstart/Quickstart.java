/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.quickstart;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.Reranking;
import org.stillrank.distribution.cluster.SearchBody;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.quickstart.Demonstration.Pair;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A collection in a server, searched with and without a model.
 *
 * @param topics that are searched
 * @param qrels of these topics
 * @param window hits that the model reorders
 */
public record Quickstart(
    BeirCollection collection, ModelBundle model, List<Topic> topics, Qrels qrels, int window) {
  private static final int SHOWN = 10;

  /**
   * Looks at everything that can be wrong before a server is started.
   *
   * @param queries at most so many of the split's topics are searched
   */
  public static Quickstart of(
      BeirCollection collection, ModelBundle model, String split, int queries, int window)
      throws IOException {
    if (queries < 1) {
      throw new InvalidInputException("--queries [" + queries + "]: give 1 or more");
    }
    if (window < SHOWN) {
      throw new InvalidInputException("--window [" + window + "]: give " + SHOWN + " or more");
    }
    List<Topic> topics = collection.topics(split).stream().limit(queries).toList();
    Qrels qrels = collection.qrels(split).ofTopics(topics.stream().map(Topic::id).toList());
    return new Quickstart(collection, model, topics, qrels, window);
  }

  /** Indexes and searches, and prints what a person wants to see; the index stays. */
  public void run(ClusterClient cluster, PrintWriter out, Progress.Display display)
      throws IOException {
    String name = SearchIndex.nameFor("stillrank", collection);
    // Searches wait until the model is loaded; loading is no part of their time.
    ServedModel.requireSame(cluster, model);
    SearchIndex index = SearchIndex.create(cluster, name, 1, collection.documents(), display);
    String id = ServedModel.serverId(model);
    Demonstration found = Demonstration.of(index, topics, qrels, id, window, SHOWN, display);
    for (Pair pair : found.pairs()) {
      String topic = pair.topic().id();
      out.print(
          SideBySide.of(
              pair,
              found.before().value(Demonstration.MEASURE, topic),
              found.after().value(Demonstration.MEASURE, topic)));
    }
    out.printf(
        Locale.ROOT,
        "%n%d queries on %s: nDCG@10 %.4f by BM25, %.4f reranked by %s%n"
            + "milliseconds a query, median: %d, and %d with the best %d hits reranked%n%n"
            + "By hand:%n%s%n",
        topics.size(),
        collection.name(),
        found.before().mean(Demonstration.MEASURE),
        found.after().mean(Demonstration.MEASURE),
        id,
        median(found.pairs(), pair -> pair.plain().millis()),
        median(found.pairs(), pair -> pair.reranked().millis()),
        window,
        curl(cluster, name, topics.getFirst(), id));
    out.flush();
  }

  private String curl(ClusterClient cluster, String index, Topic topic, String id) {
    String body =
        SearchBody.reranked(
                SearchBody.bm25(topic.text(), SHOWN),
                Reranking.ofBeginnings(id, window),
                topic.text())
            .toString();
    return "curl -s -H 'content-type: application/json' '"
        + cluster.address()
        + "/"
        + index
        + "/_search?pretty' -d '"
        + body.replace("'", "'\\''")
        + "'";
  }

  private static long median(List<Pair> pairs, ToLongFunction<Pair> millis) {
    long[] sorted = pairs.stream().mapToLong(millis).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
