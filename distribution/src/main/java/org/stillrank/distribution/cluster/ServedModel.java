/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.experiment.CandidateScorer;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.distribution.cluster.SearchIndex.Hit;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scale.RelevanceScale;
import tools.jackson.databind.JsonNode;

/**
 * A model that a server runs. For each topic the server gets exactly the candidates of the first
 * stage, so that its answer can be held against the same model here.
 */
public final class ServedModel implements CandidateScorer {
  private final ClusterClient cluster;
  private final ModelBundle model;
  private final SearchIndex index;
  private final ServedWay way;
  private final Passages passages;

  /**
   * @param model as it is on this machine
   * @param index that holds the documents
   * @param passages which parts of their texts it scores
   */
  ServedModel(
      ClusterClient cluster,
      ModelBundle model,
      SearchIndex index,
      ServedWay way,
      Passages passages) {
    this.cluster = cluster;
    this.model = model;
    this.index = index;
    this.way = way;
    this.passages = passages;
  }

  /**
   * Loads a model on the node that is asked, and compares it with the one here on every node that
   * has it in memory; a node loads it with the first search that needs it. Compared are the SHA-256
   * of the model file and of the weights outside it, and how many tokens of a pair are read. A node
   * tells neither its tokenizer nor the rest of {@code bundle.json}.
   *
   * @param model as it is on this machine
   * @throws InvalidInputException when a node has another one of its name
   * @throws ClusterException when the node that is asked lacks it
   */
  public static void requireSame(ClusterClient cluster, ModelBundle model) throws IOException {
    String id = serverId(model);
    String path = "/_stillrank/models/" + id;
    cluster.post(path + "/_score", "{\"query\": \"a\", \"passages\": [\"a\"]}");
    for (JsonNode node : cluster.get(path).path("nodes")) {
      JsonNode found = node.path("models").path(id);
      String sha256 = found.path("sha256").asString("");
      if (sha256.isEmpty()) {
        continue; // not in memory
      }
      String name = node.path("name").asString();
      if (!sha256.equals(model.onnxSha256())) {
        throw new InvalidInputException(
            "node ["
                + name
                + "] has a model ["
                + id
                + "] with the SHA-256 ["
                + sha256
                + "], and ["
                + model.onnxFile()
                + "] has ["
                + model.onnxSha256()
                + "]; copy the folder there and reload it");
      }
      int maxLength = found.path("max_length").asInt();
      if (maxLength != model.maxLength()) {
        throw new InvalidInputException(
            "node ["
                + name
                + "] has a model ["
                + id
                + "] that reads at most ["
                + maxLength
                + "] tokens of a pair, and the one in ["
                + model.directory()
                + "] reads ["
                + model.maxLength()
                + "]; copy the folder there and reload it");
      }
    }
  }

  /**
   * What a server remembers says nothing about how fast it is.
   *
   * @throws InvalidInputException when a node keeps scores
   */
  public static void requireUncached(ClusterClient cluster) throws IOException {
    for (JsonNode node : cluster.get("/_stillrank/_stats").path("nodes")) {
      if (node.path("score_cache").path("size").asLong() > 0) {
        throw new InvalidInputException(
            "node ["
                + node.path("name").asString()
                + "] keeps scores, and would answer with those that it computed before; set"
                + " [stillrank.score_cache.size] to [0b] while you measure");
      }
    }
  }

  /** The folder a model has in a server: Hugging Face names may hold letters that ids may not. */
  public static String serverId(ModelBundle model) {
    return model.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
  }

  @Override
  public String name() {
    return PassageOptions.named(model.id(), passages);
  }

  @Override
  public CandidateScores score(
      Run first, List<Topic> topics, int depth, BeirCollection collection, Progress.Display display)
      throws IOException {
    Map<String, float[]> scores = new LinkedHashMap<>();
    long pairs = CandidateScores.count(first, topics, depth);
    try (Progress progress = display.start("rerank with " + name() + " in the server", pairs)) {
      for (Topic topic : topics) {
        List<ScoredDocument> hits = first.ranking(topic.id());
        List<String> candidates = hits.stream().limit(depth).map(ScoredDocument::docId).toList();
        scores.put(
            topic.id(), candidates.isEmpty() ? new float[0] : score(topic.text(), candidates));
        progress.step(candidates.size());
      }
    }
    // Whichever node has scored has the model in memory by now.
    requireSame(cluster, model);
    return new CandidateScores(scores);
  }

  /** Logits of documents of the index, in their order. */
  public float[] score(String query, List<String> candidates) throws IOException {
    List<Hit> hits =
        index
            .search(
                way.reranked(
                    SearchBody.candidates(candidates),
                    Reranking.with(model, candidates.size(), passages),
                    query))
            .hits();
    Map<String, Double> byId = new HashMap<>();
    double before = Double.POSITIVE_INFINITY;
    for (Hit hit : hits) {
      if (hit.score() > before) {
        throw new ClusterException(
            200, "the hits for [" + query + "] are not in the order of their scores");
      }
      before = hit.score();
      byId.put(hit.id(), hit.score());
    }
    float[] logits = new float[candidates.size()];
    for (int i = 0; i < logits.length; i++) {
      Double score = byId.get(candidates.get(i));
      if (score == null) {
        throw new ClusterException(
            200, "document [" + candidates.get(i) + "] did not come back for [" + query + "]");
      }
      if (score <= 0) {
        throw new ClusterException(
            200,
            "document ["
                + candidates.get(i)
                + "] has no text, and the server ranks it last without asking the model; leave it"
                + " out of the first stage");
      }
      logits[i] = RelevanceScale.logitOf(score);
    }
    return logits;
  }
}
