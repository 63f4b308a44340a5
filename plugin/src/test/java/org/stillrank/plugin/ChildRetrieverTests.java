/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.XContentType;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.CrossEncoder;

/** The hits of whatever retriever is inside are reranked, as far as shards send their texts. */
public class ChildRetrieverTests extends TinyIndexTestCase {
  private static final int DOCUMENTS = 12;
  private static final int WINDOW = 6;

  /** What came back and what the client is warned of. */
  private record Answer(List<String> texts, int failedShards, List<String> warnings) {}

  public void testTheNearestVectorsOfAllShardsAreReranked() throws Exception {
    index("four", 4);
    Map<String, Float> nearest = new TreeMap<>();
    for (int i = 0; i < WINDOW; i++) {
      nearest.put("" + i, 1 / (1 + (i - 2.4f) * (i - 2.4f)));
    }
    assertReranked(
        "four",
        "{\"knn\": {\"field\": \"vector\", \"query_vector\": [2.4, 0, 1], \"k\": 6,"
            + " \"num_candidates\": 12}}",
        nearest);
  }

  public void testTheBestOfTheServersRescorerAreReranked() throws Exception {
    index("four", 4);
    Map<String, Float> best = new TreeMap<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      if (second(i) > DOCUMENTS - WINDOW) {
        best.put("" + i, (float) second(i));
      }
    }
    assertReranked("four", rescorer(DOCUMENTS), best);
  }

  public void testAWindowThatTheServersRescorerCannotFillIsRefused() throws Exception {
    index("one", 1);
    SearchRequest wider = request("one", retriever(4, rescorer(4), ""));
    Exception refused = expectThrows(Exception.class, () -> send(client(), wider, response -> {}));
    assertTrue(
        refused.getMessage(),
        refused
            .getMessage()
            .contains(
                "[cross_encoder] requires [rank_window_size: 6] to be smaller than or equal to its"
                    + " sub retriever's rescorer [window_size: 4]"));
  }

  /** Texts are fields' values, and an object is none; its shard alone fails, and has no hits. */
  public void testHitsOfAShardThatSendsNoTextsAreMissingAndToldOf() throws Exception {
    client()
        .admin()
        .indices()
        .prepareCreate("objects")
        .setMapping("{\"properties\": {\"text\": {\"type\": \"flattened\"}}}")
        .get(SOON);
    prepareIndex("objects")
        .setSource("{\"text\": {\"kind\": \"bread\"}}", XContentType.JSON)
        .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
        .get(SOON);
    String every = "{\"standard\": {\"query\": {\"match_all\": {}}}}";
    Answer whole = answer(request("texts", retriever(WINDOW, every, "")));
    assertEquals(2, whole.texts().size());
    assertEquals(0, whole.failedShards());
    assertEquals(List.of(), whole.warnings());
    Answer partial = answer(request("texts,objects", retriever(WINDOW, every, "")));
    assertEquals(whole.texts(), partial.texts());
    assertEquals(partial.warnings().toString(), 1, partial.warnings().size());
    assertTrue(
        partial.warnings().toString(),
        partial
            .warnings()
            .getFirst()
            .contains(
                "[cross_encoder] [1] of [3] hits are missing, for their shards failed to send"
                    + " their texts"));
    SearchRequest nothing = request("objects", retriever(WINDOW, every, ""));
    Exception failure =
        expectThrows(Exception.class, () -> send(client(), nothing, response -> {}));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure).contains("field [text] holds objects"));
  }

  /** Alone, and with the scores that the other retriever gave. */
  private void assertReranked(String index, String child, Map<String, Float> firstStage)
      throws IOException {
    Map<String, Float> model;
    try (CrossEncoder tiny = TinyModel.open("bert-one-output")) {
      model = RankedTexts.scores(tiny, RankedTexts.QUERY, 0, DOCUMENTS);
    }
    model.keySet().retainAll(firstStage.keySet());
    assertNotEquals(RankedTexts.ordered(firstStage), RankedTexts.ordered(model));
    for (ScoreMode mode : List.of(ScoreMode.REPLACE, ScoreMode.TOTAL)) {
      Combination combination = new Combination(mode, 0.05f, 1);
      Map<String, Float> expected = new TreeMap<>();
      firstStage.forEach((id, score) ->
          expected.put(id, combination.of(score, RelevanceScale.logitOf(model.get(id)))));
      String options =
          mode == ScoreMode.REPLACE ? "" : ", \"score_mode\": \"total\", \"query_weight\": 0.05";
      send(
          client(),
          request(index, retriever(firstStage.size(), child, options)),
          response -> {
            assertNoFailures(response);
            assertEquals(
                RankedTexts.ordered(expected),
                Stream.of(response.getHits().getHits()).map(SearchHit::getId).toList());
            for (SearchHit hit : response.getHits()) {
              assertEquals(hit.getId(), expected.get(hit.getId()), hit.getScore(), 1e-5);
            }
          });
    }
  }

  private Answer answer(SearchRequest request) {
    ThreadContext context = getInstanceFromNode(ThreadPool.class).getThreadContext();
    PlainActionFuture<Answer> answer = new PlainActionFuture<>();
    client()
        .search(
            request,
            answer.map(response ->
                new Answer(
                    Stream.of(response.getHits().getHits())
                        .map(hit -> hit.getSourceAsMap().get("text").toString())
                        .toList(),
                    response.getFailedShards(),
                    context.getResponseHeaders().getOrDefault("Warning", List.of()))));
    return answer.actionGet(SOON);
  }

  private static String retriever(int size, String child, String more) {
    return "{\"size\": "
        + size
        + ", \"retriever\": {\"cross_encoder\": {\"retriever\": "
        + child
        + ", \"model\": \"tiny\", \"query\": \""
        + RankedTexts.QUERY
        + "\", \"fields\": [\"text\"], \"rank_window_size\": "
        + WINDOW
        + more
        + "}}}";
  }

  /** In place of the first stage's score, each has its second one. */
  private static String rescorer(int window) {
    return "{\"rescorer\": {\"retriever\": {\"standard\": "
        + RankedTexts.BY_RANK
        + "}, \"rescore\": {\"window_size\": "
        + window
        + ", \"query\": {\"rescore_query\": "
        + RankedTexts.by("second")
        + ", \"query_weight\": 0}}}}";
  }

  /** From 1, for each another one, and in another order than the documents. */
  private static int second(int document) {
    return document * 5 % DOCUMENTS + 1;
  }

  private void index(String name, int shards) {
    client()
        .admin()
        .indices()
        .prepareCreate(name)
        .setSettings(Settings.builder().put("index.number_of_shards", shards))
        .setMapping(
            "{\"properties\": {\"vector\": {\"type\": \"dense_vector\", \"dims\": 3,"
                + " \"similarity\": \"l2_norm\", \"index_options\": {\"type\": \"flat\"}}}}")
        .get(SOON);
    for (int i = 0; i < DOCUMENTS; i++) {
      prepareIndex(name)
          .setId("" + i)
          .setSource(
              "text",
              RankedTexts.of(i),
              "rank",
              i + 1,
              "second",
              second(i),
              "vector",
              new float[] {i, 0, 1})
          .get(SOON);
    }
    client().admin().indices().prepareRefresh(name).get(SOON);
  }
}
