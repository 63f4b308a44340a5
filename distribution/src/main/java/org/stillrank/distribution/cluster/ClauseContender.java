/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.Contender;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;

/** The {@code rescore} clause as one of several ways to score the same texts. */
public final class ClauseContender implements Contender, AutoCloseable {
  private static final String INDEX = "stillrank-latency";

  private final SearchIndex index;
  private final ServedModel model;
  private final Map<String, String> ids;

  private ClauseContender(SearchIndex index, ServedModel model, Map<String, String> ids) {
    this.index = index;
    this.model = model;
    this.ids = ids;
  }

  /** Indexes the texts of a workload in one shard, until it is closed. */
  public static ClauseContender over(
      ClusterClient cluster, ModelBundle bundle, SpeedWorkload workload, Progress.Display display)
      throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    workload.requests().stream()
        .flatMap(request -> request.passages().stream())
        .forEach(passage -> ids.putIfAbsent(passage, Integer.toString(ids.size())));
    List<Document> documents = new ArrayList<>();
    ids.forEach((passage, id) -> documents.add(new Document(id, "", passage)));
    requireUncached(cluster);
    ServedModel.requireSame(cluster, bundle);
    SearchIndex index = SearchIndex.create(cluster, INDEX, 1, documents, display);
    return new ClauseContender(index, new ServedModel(cluster, bundle, index), ids);
  }

  /** What a server remembers says nothing about how fast it is. */
  private static void requireUncached(ClusterClient cluster) throws IOException {
    for (JsonNode node : cluster.get("/_stillrank/_stats").path("nodes")) {
      if (node.path("score_cache").path("size").asLong() > 0) {
        throw new InvalidInputException(
            "node ["
                + node.path("name").asString()
                + "] keeps scores, and would answer with those of the round before; set"
                + " [stillrank.score_cache.size] to [0b] while you measure");
      }
    }
  }

  @Override
  public String name() {
    return "rescore clause over HTTP";
  }

  @Override
  public float[] score(String query, List<String> passages) {
    try {
      return model.score(query, passages.stream().map(ids::get).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
