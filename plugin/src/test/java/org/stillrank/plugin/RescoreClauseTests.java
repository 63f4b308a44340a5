/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.search.Explanation;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.threadpool.ThreadPool;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ReloadAction;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.scale.RelevanceScale;

/** What a clause does to the hits of one node, with a tiny model. */
public class RescoreClauseTests extends ClauseTestCase {
  public void testModesAndWeightsCombineTheTwoScores() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    float[] second = scores("bread", "harbour");
    float[] first = {3, 2};
    for (String mode : List.of("total", "multiply", "avg", "max", "min", "logit_total")) {
      float[] expected = new float[2];
      for (int i = 0; i < 2; i++) {
        float one = 0.5f * first[i];
        float two = 2 * second[i];
        expected[i] =
            switch (mode) {
              case "total" -> one + two;
              case "multiply" -> one * two;
              case "avg" -> (one + two) / 2;
              case "max" -> Math.max(one, two);
              case "min" -> Math.min(one, two);
              default -> RelevanceScale.ofLogit(one + 2 * RelevanceScale.logitOf(second[i]));
            };
      }
      String options =
          "\"score_mode\": \""
              + mode
              + "\", \"query_weight\": 0.5, \"rescore_query_weight\": 2, \"fields\": [\"text\"]";
      search(
          BY_RANK + ", " + rescore(10, options),
          response -> {
            assertNoFailures(response);
            for (SearchHit hit : response.getHits()) {
              assertEquals(mode, expected[Integer.parseInt(hit.getId())], hit.getScore(), 1e-5);
            }
          });
    }
  }

  public void testHitsWithoutTextScoreZeroAndStay() throws Exception {
    index(
        "{\"text\": \"bread\", \"rank\": 1}",
        "{\"other\": \"bread\", \"rank\": 9}",
        "{\"text\": \" \", \"rank\": 8}");
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"),
        response -> {
          assertEquals(List.of("0", "1", "2"), ids(response));
          assertTrue(response.getHits().getAt(0).getScore() > 0);
          assertEquals(0, response.getHits().getAt(1).getScore(), 0);
          assertEquals(0, response.getHits().getAt(2).getScore(), 0);
        });
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"absent\"]"),
        response -> {
          assertNoFailures(response);
          assertEquals("first-stage order", List.of("1", "2", "0"), ids(response));
        });
    ModelStatus status = models().status("tiny");
    assertEquals(5, status.statistics().withoutText());
    assertEquals(1, status.statistics().documents());
    assertTrue(status.statistics().tokens() > 0);
    assertEquals(1, status.statistics().batches());
  }

  public void testListsObjectsAndSeveralFieldsMakeOnePassage() throws Exception {
    index(
        "{\"title\": \"yeast\", \"parts\": [\"sugar\", \"gas\"], \"about\": {\"kind\": \"dough\","
            + " \"year\": 1953}, \"rank\": 1}");
    for (List<String> expected :
        List.of(
            List.of("[\"title\", \"parts\"]", "yeast sugar gas"),
            List.of("[\"parts\", \"title\"]", "sugar gas yeast"),
            List.of("[\"about\"]", "dough 1953"),
            List.of("[\"about.kind\", \"absent\"]", "dough"))) {
      float score = scores(expected.get(1))[0];
      search(
          BY_RANK + ", " + rescore(10, "\"fields\": " + expected.get(0)),
          response ->
              assertEquals(expected.get(0), score, response.getHits().getAt(0).getScore(), 1e-5));
    }
  }

  public void testSyntheticSourceIsRead() throws Exception {
    createIndex("texts", Settings.builder().put("index.mapping.source.mode", "synthetic").build());
    add("{\"text\": \"bread rises\", \"rank\": 1}");
    float score = scores("bread rises")[0];
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"),
        response -> {
          assertNoFailures(response);
          assertEquals(score, response.getHits().getAt(0).getScore(), 1e-5);
        });
  }

  public void testAnIndexWithoutSourceIsRefusedByName() throws Exception {
    client()
        .admin()
        .indices()
        .prepareCreate("texts")
        .setMapping("{\"_source\": {\"enabled\": false}}")
        .get();
    add("{\"text\": \"bread rises\", \"rank\": 1}");
    Exception failure =
        expectThrows(
            Exception.class,
            () -> search(BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"), response -> {}));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure)
            .contains("reads texts from [_source], which index [texts] does not keep"));
    ModelStatus status = models().status("tiny");
    assertEquals(1, status.statistics().failures().get(FailureKind.OTHER).longValue());
  }

  public void testExplainScoresAgain() throws Exception {
    index(
        "{\"text\": \"bread\", \"rank\": 3}",
        "{\"text\": \"harbour\", \"rank\": 2}",
        "{\"rank\": 1}");
    for (String mode : List.of("total", "logit_total")) {
      search(
          "\"explain\": true, "
              + BY_RANK
              + ", "
              + rescore(
                  10,
                  "\"score_mode\": \""
                      + mode
                      + "\", \"query_weight\": 0.5, \"fields\": [\"text\"]"),
          response -> {
            assertNoFailures(response);
            assertEquals(3, response.getHits().getHits().length);
            for (SearchHit hit : response.getHits()) {
              assertExplained(hit, mode);
            }
          });
    }
  }

  /** What is shown is enough to compute the score again. */
  private static void assertExplained(SearchHit hit, String mode) {
    Explanation whole = hit.getExplanation();
    assertEquals(hit.getScore(), whole.getValue().floatValue(), 1e-5);
    assertTrue(whole.getDescription(), whole.getDescription().startsWith("score_mode [" + mode));
    assertEquals(2, whole.getDetails().length);
    float first = 0.5f * whole.getDetails()[0].getValue().floatValue();
    Explanation model = whole.getDetails()[1];
    if (hit.getId().equals("2")) {
      assertEquals("the document has no text in these fields", model.getDescription());
      assertEquals(mode.equals("total") ? first : 0, hit.getScore(), 1e-5);
      return;
    }
    float logit = model.getDetails()[0].getValue().floatValue();
    assertEquals(RelevanceScale.ofLogit(logit), model.getValue().floatValue(), 1e-6);
    float expected =
        mode.equals("total")
            ? first + RelevanceScale.ofLogit(logit)
            : RelevanceScale.ofLogit(first + logit);
    assertEquals(expected, hit.getScore(), 1e-5);
  }

  public void testWhoWaitsForAModelGoesOnAsHimself() {
    ThreadContext context = getInstanceFromNode(ThreadPool.class).getThreadContext();
    ModelRegistry models = models();
    Map<String, PlainActionFuture<String>> users = new TreeMap<>();
    for (String user : List.of("ada", "bob", "eve")) {
      PlainActionFuture<String> wentOnAs = new PlainActionFuture<>();
      users.put(user, wentOnAs);
      try (ThreadContext.StoredContext before = context.stashContext()) {
        context.putHeader("user", user);
        models.load("tiny", wentOnAs.map(loaded -> context.getHeader("user")));
      }
    }
    users.forEach((user, wentOnAs) -> assertEquals(user, wentOnAs.actionGet(SOON)));
  }

  public void testAnExplanationFailsNoSearchThatKeepsTheFirstStage() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    for (String failing : List.of("\"timeout\": \"1nanos\"", "\"query_weight\": 1")) {
      String model = failing.contains("timeout") ? "tiny" : "absent";
      search(
          "\"explain\": true, "
              + BY_RANK
              + ", "
              + rescore(10, "\"fields\": [\"text\"], \"on_failure\": \"first_stage\", " + failing)
                  .replace("\"tiny\"", "\"" + model + "\""),
          response -> {
            assertNoFailures(response);
            SearchHit hit = response.getHits().getAt(0);
            assertEquals(RelevanceScale.ofFirstStage(3), hit.getScore(), 1e-6);
            assertEquals(hit.getScore(), hit.getExplanation().getValue().floatValue(), 1e-6);
            String explanation = hit.getExplanation().toString();
            assertTrue(explanation, explanation.contains("as reranked it cannot be explained: "));
          });
    }
  }

  public void testHitsOutsideTheWindowAreDropped() throws Exception {
    index(
        "{\"text\": \"bread\", \"rank\": 1}",
        "{\"text\": \"harbour\", \"rank\": 2}",
        "{\"text\": \"copper\", \"rank\": 3}");
    search(
        "\"size\": 2, " + BY_RANK + ", " + rescore(2, "\"fields\": [\"text\"]"),
        response -> {
          assertEquals(2, response.getHits().getHits().length);
          assertEquals(3, response.getHits().getTotalHits().value());
          assertFalse(ids(response).contains("0"));
        });
    Exception refused =
        expectThrows(
            Exception.class,
            () ->
                search(
                    "\"size\": 3, " + BY_RANK + ", " + rescore(2, "\"fields\": [\"text\"]"),
                    response -> {}));
    assertTrue(
        refused.getMessage(),
        refused.getMessage().contains("window_size [2] is below from + size [3]"));
  }

  public void testATimeoutFailsOrKeepsTheFirstStageBelowEveryRerankedHit() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    String tooShort = "\"fields\": [\"text\"], \"timeout\": \"1nanos\"";
    Exception failure =
        expectThrows(
            Exception.class, () -> search(BY_RANK + ", " + rescore(10, tooShort), response -> {}));
    assertEquals(RestStatus.REQUEST_TIMEOUT, ExceptionsHelper.status(failure));
    search(
        BY_RANK + ", " + rescore(10, tooShort + ", \"on_failure\": \"first_stage\""),
        response -> {
          assertNoFailures(response);
          assertEquals(List.of("0", "1"), ids(response));
          assertEquals(
              RelevanceScale.ofFirstStage(3), response.getHits().getAt(0).getScore(), 1e-6);
          assertEquals(
              RelevanceScale.ofFirstStage(2), response.getHits().getAt(1).getScore(), 1e-6);
        });
    ModelStatus status = models().status("tiny");
    assertEquals(2, status.statistics().failures().get(FailureKind.TIMEOUT).longValue());
  }

  public void testTheServersRequestCacheKeepsNoScores() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    String clause = BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]");
    String retriever =
        "\"retriever\": {\"cross_encoder\": {\"model\": \"tiny\", \"query\": \""
            + QUERY
            + "\", \"fields\": [\"text\"], \"retriever\": {\"standard\": {"
            + BY_RANK
            + "}}}}";
    float before = cached(clause);
    assertEquals(scores("bread")[0], before, 1e-5);
    assertEquals(before, cached(retriever), 1e-5);
    put("roberta-one-output", "tiny");
    client().execute(ReloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
    float after = cached(clause);
    assertNotEquals(before, after, 1e-5);
    assertEquals(after, cached(retriever), 1e-5);
  }

  public void testTheServersRequestCacheKeepsNoFailure() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    String clause =
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], \"on_failure\": \"first_stage\"");
    setting("stillrank.rescore.timeout", "1nanos");
    assertEquals(RelevanceScale.ofFirstStage(3), cached(clause), 1e-6);
    setting("stillrank.rescore.timeout", null);
    assertEquals(scores("bread")[0], cached(clause), 1e-5);
  }

  /** The best score, which the server would keep if it were one that stays the same. */
  private float cached(String search) throws IOException {
    List<Float> best = new ArrayList<>();
    send(
        client(),
        request(search).requestCache(true),
        response -> best.add(response.getHits().getAt(0).getScore()));
    return best.getFirst();
  }

  public void testAThousandRequestsAndReloadsLeaveNothingOpen() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    ModelRegistry models = models();
    PlainActionFuture<Void> lastReload = new PlainActionFuture<>();
    for (int i = 1; i <= 1000; i++) {
      if (i % 50 == 0) {
        models.reload("tiny", i == 1000 ? lastReload : ActionListener.noop());
      }
      search(
          BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"),
          response -> assertNoFailures(response));
    }
    lastReload.actionGet(SOON);
    assertFalse(NativeHandle.open().isEmpty());
    models.close();
    assertEquals(List.of(), NativeHandle.open());
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("stillrank-"))
            .toList());
  }

  public void testAnAbsentModelIsNamed() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    Exception failure =
        expectThrows(
            Exception.class,
            () ->
                search(
                    BY_RANK
                        + ", \"rescore\": {\"window_size\": 10, \"cross_encoder\": {\"model\":"
                        + " \"absent\", \"query\": \"q\", \"fields\": [\"text\"]}}",
                    response -> {}));
    assertEquals(RestStatus.BAD_REQUEST, ExceptionsHelper.status(failure));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure)
            .contains("model [absent] cannot be used: there is no model [absent] on this node"));
    assertEquals("missing", models().status("absent").state());
    assertEquals(List.of("tiny"), ids(models().statuses()));
    search(
        BY_RANK
            + ", \"rescore\": {\"window_size\": 10, \"cross_encoder\": {\"model\": \"absent\","
            + " \"query\": \"q\", \"fields\": [\"text\"], \"on_failure\": \"first_stage\"}}",
        response -> {
          assertNoFailures(response);
          assertEquals(
              RelevanceScale.ofFirstStage(3), response.getHits().getAt(0).getScore(), 1e-6);
        });
  }

  private static List<String> ids(List<ModelStatus> statuses) {
    return statuses.stream().map(ModelStatus::id).toList();
  }
}
