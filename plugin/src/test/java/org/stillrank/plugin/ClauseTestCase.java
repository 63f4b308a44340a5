/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.xcontent.XContentType;
import org.junit.Before;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;

/**
 * A node with a tiny model and an index whose first stage has the document of highest rank first.
 */
public abstract class ClauseTestCase extends TinyNodeTestCase {
  static final String QUERY = RankedTexts.QUERY;
  static final String BY_RANK = "\"query\": " + RankedTexts.by("rank");

  @Before
  public void aModel() throws IOException {
    put("bert-one-output", "tiny");
  }

  static String rescore(int window, String options) {
    return "\"rescore\": {\"window_size\": "
        + window
        + ", \"cross_encoder\": {\"model\": \"tiny\", \"query\": \""
        + QUERY
        + "\", "
        + options
        + "}}";
  }

  void index(String... documents) {
    createIndex("texts");
    add(documents);
  }

  void add(String... documents) {
    for (int i = 0; i < documents.length; i++) {
      prepareIndex("texts")
          .setId("" + i)
          .setSource(documents[i], XContentType.JSON)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get(SOON);
    }
  }

  void search(String body, Consumer<SearchResponse> check) throws IOException {
    send(client(), request(body), check);
  }

  SearchRequest request(String body) throws IOException {
    return request("texts", "{" + body + "}");
  }

  static List<String> ids(SearchResponse response) {
    List<String> ids = new ArrayList<>();
    response.getHits().forEach(hit -> ids.add(hit.getId()));
    return ids;
  }

  static float[] scores(String... passages) throws IOException {
    try (CrossEncoder model = TinyModel.open("bert-one-output")) {
      float[] logits = model.score(QUERY, Arrays.asList(passages), Cancellation.NONE);
      float[] scores = new float[logits.length];
      for (int i = 0; i < logits.length; i++) {
        scores[i] = RelevanceScale.ofLogit(logits[i]);
      }
      return scores;
    }
  }
}
