/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.load.MeasuredTime;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.Contender;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.bench.speed.SpeedWorkload.Request;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.Passages;

/** Every way to ask a server for the scores of the same texts. */
public final class ServedContenders implements AutoCloseable {
  private static final String INDEX = "stillrank-latency";

  private final SearchIndex index;
  private final SpeedWorkload workload;
  private final List<Contender> contenders;

  private ServedContenders(SearchIndex index, SpeedWorkload workload, List<Contender> contenders) {
    this.index = index;
    this.workload = workload;
    this.contenders = List.copyOf(contenders);
  }

  /** Indexes the texts of a workload in one shard, until it is closed. */
  public static ServedContenders over(
      ClusterClient cluster, ModelBundle bundle, SpeedWorkload workload, Progress.Display display)
      throws IOException {
    ServedModel.requireUncached(cluster);
    ServedModel.requireSame(cluster, bundle);
    Map<Request, List<String>> ids = new HashMap<>();
    List<Document> documents = new ArrayList<>();
    for (Request request : workload.requests()) {
      ids.computeIfAbsent(request, each -> added(each.passages(), documents));
    }
    SearchIndex index =
        SearchIndex.createWithTokens(
            cluster, INDEX, ServedModel.serverId(bundle), documents, display);
    return new ServedContenders(
        index,
        workload,
        Arrays.stream(ServedWay.values())
            .map(way ->
                contender(
                    way, new ServedModel(cluster, bundle, index, way, Passages.beginning()), ids))
            .toList());
  }

  /** Every passage gets a document of its own, also where two of a request are equal. */
  private static List<String> added(List<String> passages, List<Document> documents) {
    List<String> ids = new ArrayList<>();
    for (String passage : passages) {
      String id = Integer.toString(documents.size());
      documents.add(new Document(id, "", passage));
      ids.add(id);
    }
    return ids;
  }

  private static Contender contender(
      ServedWay way, ServedModel model, Map<Request, List<String>> ids) {
    return new Contender() {
      @Override
      public String name() {
        return way.words() + " over HTTP";
      }

      @Override
      public float[] score(String query, List<String> passages) {
        List<String> documents = ids.get(new Request(query, passages));
        if (documents == null) {
          throw new IllegalArgumentException("[" + query + "] is no query of the workload");
        }
        try {
          return model.score(query, documents);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /**
   * Asks in each way for a while: what a server compiles for its first searches would count as
   * theirs.
   */
  public void settle(double seconds, Progress.Display display) {
    try (Progress progress = display.start("letting the server settle", contenders.size())) {
      for (Contender each : contenders) {
        progress.note(each.name());
        MeasuredTime time = MeasuredTime.after(0, seconds);
        for (int i = 0; time.holds(System.nanoTime()); i++) {
          Request request = workload.requests().get(i % workload.requests().size());
          each.score(request.query(), request.passages());
        }
        progress.step(1);
      }
    }
  }

  /** One for each {@link ServedWay}. */
  public List<Contender> all() {
    return contenders;
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
