/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.stillrank.plugin.model.ModelRegistry;

/** A node with a tiny model and an index of two texts. */
public abstract class TinyIndexTestCase extends TinyNodeTestCase {
  /** How long the first search may take, which loads native code. */
  static final TimeValue SOON = TimeValue.timeValueSeconds(30);

  private static final String RERANKS =
      "\"model\": \"tiny\", \"query\": \"why does bread rise\", \"fields\": [\"text\"]";

  @Before
  public void aModelAndTwoTexts() throws IOException {
    put("bert-one-output", "tiny");
    createIndex("texts");
    for (String text : List.of("bread rises because of gas", "the harbour freezes")) {
      prepareIndex("texts")
          .setSource("{\"text\": \"" + text + "\"}", XContentType.JSON)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get(SOON);
    }
  }

  ModelRegistry models() {
    return getInstanceFromNode(ModelRegistry.class);
  }

  void search(String options, Consumer<SearchResponse> check) throws IOException {
    search(client(), options, check);
  }

  /** Reranks both texts. */
  void search(Client client, String options, Consumer<SearchResponse> check) throws IOException {
    String rescore = "{\"window_size\": 10, \"cross_encoder\": {" + RERANKS + options + "}}";
    String body = "{\"query\": {\"match_all\": {}}, \"rescore\": " + rescore + "}";
    send(client, request("texts", body), check);
  }

  /** Reranks both texts with the retriever. */
  void retrieve(Client client, String options, Consumer<SearchResponse> check) throws IOException {
    String child = "\"retriever\": {\"standard\": {\"query\": {\"match_all\": {}}}}, ";
    String body = "{\"retriever\": {\"cross_encoder\": {" + child + RERANKS + options + "}}}";
    send(client, request("texts", body), check);
  }

  /** As one that comes over HTTP. */
  SearchRequest request(String indices, String body) throws IOException {
    XContentParserConfiguration names =
        XContentParserConfiguration.EMPTY.withRegistry(
            getInstanceFromNode(NamedXContentRegistry.class));
    try (XContentParser parser = JsonXContent.jsonXContent.createParser(names, body)) {
      return new SearchRequest(indices.split(","))
          .source(new SearchSourceBuilder().parseXContent(parser, true, feature -> true));
    }
  }

  void send(Client client, SearchRequest request, Consumer<SearchResponse> check) {
    SearchResponse response = client.search(request).actionGet(SOON);
    try {
      check.accept(response);
    } finally {
      response.decRef();
    }
  }

  void setting(String name, @Nullable Object value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(SOON, SOON)
        .setPersistentSettings(
            value == null
                ? Settings.builder().putNull(name)
                : Settings.builder().put(name, value.toString()))
        .get(SOON);
  }
}
