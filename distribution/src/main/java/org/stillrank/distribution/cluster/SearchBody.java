/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.util.List;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Windows;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of {@code _search} requests that this project sends. */
public final class SearchBody {
  /** The field of token ids, in an index that has one. */
  static final String TOKENS = "tokens";

  private static final List<String> FIELDS = List.of("title", "text");

  private SearchBody() {}

  /** The server's own BM25 over title and text. */
  public static ObjectNode bm25(String query, int size) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode match = body.putObject("query").putObject("multi_match");
    match.put("query", query);
    fields(match.putArray("fields"));
    return body.put("size", size);
  }

  /** Exactly these documents, no more than the server would rerank in one window. */
  public static ObjectNode candidates(List<String> ids) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode values = body.putObject("query").putObject("ids").putArray("values");
    ids.forEach(values::add);
    return body.put("size", ids.size()).put("_source", false);
  }

  /** Adds the {@code rescore} clause to a body. */
  public static ObjectNode reranked(ObjectNode body, Reranking how, String query) {
    fields(clause(body, how, query).putArray("fields"));
    return body;
  }

  /** Adds the {@code rescore} clause that reads token ids. */
  static ObjectNode rerankedOnTokens(ObjectNode body, Reranking how, String query) {
    clause(body, how, query).put("tokens", TOKENS);
    return body;
  }

  private static ObjectNode clause(ObjectNode body, Reranking how, String query) {
    ObjectNode rescore = body.putObject("rescore").put("window_size", how.window());
    return model(rescore.putObject("cross_encoder"), how, query);
  }

  private static ObjectNode model(ObjectNode options, Reranking how, String query) {
    options.put("model", how.model()).put("query", query);
    if (how.passages() instanceof Windows windows) {
      options.set("passages", JsonMapper.shared().valueToTree(PassageOptions.of(windows)));
    }
    return options;
  }

  /** Puts a body's query into the {@code cross_encoder} retriever. */
  static ObjectNode retrieved(ObjectNode body, Reranking how, String query) {
    fields(retriever(body, how, query).putArray("fields"));
    return body;
  }

  /** Puts a body's query into the {@code cross_encoder} retriever that reads token ids. */
  static ObjectNode retrievedOnTokens(ObjectNode body, Reranking how, String query) {
    retriever(body, how, query).put("tokens", TOKENS);
    return body;
  }

  private static ObjectNode retriever(ObjectNode body, Reranking how, String query) {
    JsonNode firstStage = body.remove("query");
    ObjectNode retriever = body.putObject("retriever").putObject("cross_encoder");
    retriever.putObject("retriever").putObject("standard").set("query", firstStage);
    return model(retriever, how, query).put("rank_window_size", how.window());
  }

  /** Names the fields that hold a document's text, in the order in which they are joined. */
  static void fields(ArrayNode array) {
    FIELDS.forEach(array::add);
  }
}
