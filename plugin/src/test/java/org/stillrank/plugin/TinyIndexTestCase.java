/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.xcontent.XContentType;
import org.junit.Before;

/** A node with a tiny model and an index of two texts. */
public abstract class TinyIndexTestCase extends TinyNodeTestCase {
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
}
