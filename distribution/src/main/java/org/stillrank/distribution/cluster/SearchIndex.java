/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An index of a cluster that holds a collection, its fields {@code title} and {@code text}. */
public final class SearchIndex implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DOCUMENTS_AT_ONCE = 500;

  private final ClusterClient cluster;
  private final String name;

  private SearchIndex(ClusterClient cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  /**
   * A hit of a search.
   *
   * @param title may be empty
   */
  public record Hit(String id, double score, String title, String text) {}

  /**
   * What a search answers.
   *
   * @param found how many documents match, which the server counts up to 10,000
   * @param millis the server's own count
   * @param arrived when it had been read, nanoseconds as {@link System#nanoTime} counts them
   */
  public record Answer(List<Hit> hits, long found, long millis, long arrived) {}

  /**
   * Makes an index, puts documents into it and waits until they are found.
   *
   * @param shards primaries; there are no replicas
   * @throws InvalidInputException when there is an index of that name already
   */
  public static SearchIndex create(
      ClusterClient cluster,
      String name,
      int shards,
      List<Document> documents,
      Progress.Display display)
      throws IOException {
    return create(cluster, name, description(shards), documents, display);
  }

  /**
   * The same in one shard, with a field that holds the token ids of title and text.
   *
   * @param model the folder in the server whose tokenizer makes them
   */
  static SearchIndex createWithTokens(
      ClusterClient cluster,
      String name,
      String model,
      List<Document> documents,
      Progress.Display display)
      throws IOException {
    ObjectNode description = description(1);
    ObjectNode tokens = properties(description).putObject(SearchBody.TOKENS);
    tokens.put("type", "passage_tokens").put("model", model);
    SearchBody.fields(tokens.putArray("source_fields"));
    return create(cluster, name, description, documents, display);
  }

  private static ObjectNode description(int shards) {
    ObjectNode description = JSON.createObjectNode();
    description.putObject("settings").put("number_of_shards", shards).put("number_of_replicas", 0);
    description.putObject("mappings").putObject("properties");
    for (String field : List.of("title", "text")) {
      properties(description).putObject(field).put("type", "text");
    }
    return description;
  }

  private static ObjectNode properties(ObjectNode description) {
    return (ObjectNode) description.path("mappings").path("properties");
  }

  private static SearchIndex create(
      ClusterClient cluster,
      String name,
      ObjectNode description,
      List<Document> documents,
      Progress.Display display)
      throws IOException {
    try {
      cluster.put("/" + name, description.toString());
    } catch (ClusterException e) {
      if (String.valueOf(e.getMessage()).contains("already exists")) {
        throw new InvalidInputException(
            "the index ["
                + name
                + "] is there already at ["
                + cluster.address()
                + "]; delete it when nobody needs it",
            e);
      }
      throw e;
    }
    SearchIndex index = new SearchIndex(cluster, name);
    try {
      index.fill(documents, display);
      return index;
    } catch (IOException | RuntimeException failure) {
      try {
        index.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /** A name that an index may have, told by that of a folder. */
  public static String nameFor(String prefix, BeirCollection collection) {
    return prefix
        + "-"
        + collection.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "-");
  }

  private void fill(List<Document> documents, Progress.Display display) throws IOException {
    try (Progress progress = display.start("index " + name, documents.size())) {
      for (int from = 0; from < documents.size(); from += DOCUMENTS_AT_ONCE) {
        List<Document> part =
            documents.subList(from, Math.min(documents.size(), from + DOCUMENTS_AT_ONCE));
        add(part);
        progress.step(part.size());
      }
    }
    cluster.post("/" + name + "/_refresh", "");
  }

  private void add(List<Document> documents) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Document each : documents) {
      ObjectNode action = JSON.createObjectNode();
      action.putObject("index").put("_id", each.id());
      ObjectNode source = JSON.createObjectNode();
      source.put("title", each.title()).put("text", each.text());
      lines.append(action).append('\n').append(source).append('\n');
    }
    JsonNode answer = cluster.post("/" + name + "/_bulk", lines.toString());
    if (answer.path("errors").asBoolean()) {
      for (JsonNode item : answer.path("items")) {
        JsonNode error = item.path("index").path("error");
        if (!error.isMissingNode()) {
          throw new ClusterException(
              200,
              "document ["
                  + item.path("index").path("_id").asString()
                  + "] was not indexed: "
                  + error.path("reason").asString(error.toString()));
        }
      }
    }
  }

  /**
   * Searches.
   *
   * @throws ClusterException when it is refused or a shard fails, for a part of the hits is no
   *     answer to measure
   */
  public Answer search(ObjectNode body) throws IOException {
    ClusterClient.Reply reply = cluster.reply("/" + name + "/_search", body.toString());
    JsonNode answer = reply.json();
    JsonNode failure = answer.path("_shards").path("failures").path(0);
    if (!failure.isMissingNode() || answer.path("timed_out").asBoolean()) {
      throw new ClusterException(
          200, "a shard of [" + name + "] did not answer: " + failure.path("reason"));
    }
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      hits.add(
          new Hit(
              hit.path("_id").asString(),
              hit.path("_score").asDouble(),
              hit.path("_source").path("title").asString(""),
              hit.path("_source").path("text").asString("")));
    }
    return new Answer(
        hits,
        answer.path("hits").path("total").path("value").asLong(),
        answer.path("took").asLong(),
        reply.arrived());
  }

  /**
   * Searches, and hangs up unless the answer has come by then.
   *
   * @return whether it hung up
   */
  public boolean abandon(ObjectNode body, Duration patience) throws IOException {
    return cluster.abandon("/" + name + "/_search", body.toString(), patience);
  }

  /** The words that the index makes of a text, in their order. */
  public List<String> analysed(String text) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("field", "text").put("text", text);
    List<String> words = new ArrayList<>();
    for (JsonNode token : cluster.post("/" + name + "/_analyze", body.toString()).path("tokens")) {
      words.add(token.path("token").asString());
    }
    return words;
  }

  /** Where it is. */
  ClusterClient cluster() {
    return cluster;
  }

  /** Its name in the cluster. */
  public String name() {
    return name;
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() throws IOException {
    cluster.delete("/" + name);
  }
}
