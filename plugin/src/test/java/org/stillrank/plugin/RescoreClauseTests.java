/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.lucene.search.Explanation;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionFuture;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.search.SearchType;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.search.stats.SearchStats;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

/** What a clause does to the hits of one node, with a tiny model. */
public class RescoreClauseTests extends TinyNodeTestCase {
  private static final String QUERY = "why does bread rise";

  @Before
  public void aModel() throws IOException {
    put("bert-one-output", "tiny");
  }

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
    ModelStatus status = getInstanceFromNode(ModelRegistry.class).status("tiny");
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
    ModelStatus status = getInstanceFromNode(ModelRegistry.class).status("tiny");
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

  public void testWindowsOfALongTextAreScoredAndTheWinnerIsExplained() throws Exception {
    String text = "ice ".repeat(80) + "where does bread rise " + "ice ".repeat(80);
    index("{\"text\": \"" + text + "\", \"rank\": 3}", "{\"rank\": 2}");
    float expected;
    try (CrossEncoder encoder = TinyModel.open("bert-one-output")) {
      Passages passages = new Windows(12, 1, 1, Selection.LEXICAL, Aggregation.max());
      expected =
          RelevanceScale.ofLogit(
              encoder.measured(
                      ScoringRequest.of(QUERY, List.of(text), passages, TokenLimit.none()),
                      Cancellation.NONE)
                  .logits()[0]);
    }
    search(
        "\"explain\": true, "
            + BY_RANK
            + ", "
            + rescore(
                10,
                "\"fields\": [\"text\"], \"show_passages\": true,"
                    + " \"passages\": {\"length\": 12, \"stride\": 1, \"max\": 1}"),
        response -> {
          assertNoFailures(response);
          assertEquals(expected, response.getHits().getAt(0).getScore(), 1e-5);
          String explanation = response.getHits().getAt(0).getExplanation().toString();
          assertTrue(explanation, explanation.contains("counts most of [1] scored: characters ["));
          assertTrue(explanation, explanation.contains("where does bread rise"));
          Map<String, Object> shown = response.getHits().getAt(0).field("_passage").getValue();
          assertTrue(shown.toString(), shown.get("text").toString().contains("does bread rise"));
          assertEquals(
              shown.get("text"), text.substring((int) shown.get("from"), (int) shown.get("to")));
          assertNull(response.getHits().getAt(1).field("_passage"));
          String nothing = response.getHits().getAt(1).getExplanation().toString();
          assertTrue(nothing, nothing.contains("the document has no text in these fields"));
        });
  }

  public void testWhoWaitsForAModelGoesOnAsHimself() {
    ThreadContext context = getInstanceFromNode(ThreadPool.class).getThreadContext();
    ModelRegistry models = getInstanceFromNode(ModelRegistry.class);
    Map<String, PlainActionFuture<String>> users = new TreeMap<>();
    for (String user : List.of("ada", "bob", "eve")) {
      PlainActionFuture<String> wentOnAs = new PlainActionFuture<>();
      users.put(user, wentOnAs);
      try (ThreadContext.StoredContext before = context.stashContext()) {
        context.putHeader("user", user);
        models.load("tiny", wentOnAs.map(loaded -> context.getHeader("user")));
      }
    }
    users.forEach(
        (user, wentOnAs) -> assertEquals(user, wentOnAs.actionGet(TimeValue.timeValueSeconds(30))));
  }

  public void testTheBeginningIsShownAsFarAsTheModelReads() throws Exception {
    String text = "the harbour freezes in cold winters ".repeat(60);
    index("{\"text\": \"" + text + "\", \"rank\": 3}");
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], \"show_passages\": true"),
        response -> {
          Map<String, Object> shown = response.getHits().getAt(0).field("_passage").getValue();
          String words = shown.get("text").toString();
          assertTrue(words, text.startsWith(words) && words.length() < 600);
        });
  }

  public void testAPassageThatCannotBeShownLosesNoHit() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    search(
        BY_RANK
            + ", "
            + rescore(
                10,
                "\"fields\": [\"text\"], \"show_passages\": true, \"timeout\": \"1nanos\","
                    + " \"on_failure\": \"first_stage\""),
        response -> {
          assertNoFailures(response);
          assertEquals(List.of("0", "1"), ids(response));
          assertNull(response.getHits().getAt(0).field("_passage"));
        });
  }

  public void testPassagesThatCannotBeScoredAreBadRequests() throws Exception {
    index("{\"text\": \"" + "ice ".repeat(500) + "\", \"rank\": 3}");
    assertRefused(
        "\"passages\": {\"length\": 30}",
        "[length] is [30], but of the [96] tokens that the model");
    String two = "\"passages\": {\"length\": 20, \"max\": 2}";
    setting("stillrank.rescore.max_tokens", 40);
    assertRefused(
        two, "tokens already, and [stillrank.rescore.max_tokens] is [40]; score fewer texts");
    setting("stillrank.rescore.max_tokens", null);
    search(
        BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], " + two),
        response -> assertNoFailures(response));
  }

  private void assertRefused(String passages, String message) {
    Exception failure =
        expectThrows(
            Exception.class,
            () ->
                search(
                    BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], " + passages),
                    response -> {}));
    assertEquals(RestStatus.BAD_REQUEST, ExceptionsHelper.status(failure));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure).contains(message));
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
    ModelStatus status = getInstanceFromNode(ModelRegistry.class).status("tiny");
    assertEquals(2, status.statistics().failures().get(FailureKind.TIMEOUT).longValue());
  }

  public void testAThousandRequestsAndReloadsLeaveNothingOpen() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}", "{\"text\": \"harbour\", \"rank\": 2}");
    ModelRegistry models = getInstanceFromNode(ModelRegistry.class);
    PlainActionFuture<Void> lastReload = new PlainActionFuture<>();
    for (int i = 1; i <= 1000; i++) {
      if (i % 50 == 0) {
        models.reload("tiny", i == 1000 ? lastReload : ActionListener.noop());
      }
      search(
          BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"),
          response -> assertNoFailures(response));
    }
    lastReload.actionGet(TimeValue.timeValueSeconds(30));
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

  public void testASearchIsRefusedWhenTooManyRerank() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    setting("stillrank.rescore.search_thread_share", 0.01);
    setting("stillrank.rescore.queue_size", 0);
    String body = BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]");
    // The one place that is left is taken.
    try (SearchThreadLimit.Place taken = admission().unannounced().enter()) {
      assertNotNull(taken);
      Exception refused = expectThrows(Exception.class, () -> search(body, response -> {}));
      assertEquals(RestStatus.TOO_MANY_REQUESTS, ExceptionsHelper.status(refused));
      assertTrue(
          ExceptionsHelper.stackTrace(refused),
          ExceptionsHelper.stackTrace(refused)
              .contains("[1] search threads of this node are reranking and [0] searches wait"));
      SearchStats.Stats searches = searches();
      assertEquals("its first stage did not run", 0, searches.getQueryFailure());
      search(
          BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], \"on_failure\": \"first_stage\""),
          response -> assertNoFailures(response));
      assertEquals(searches.getQueryCount() + 1, searches().getQueryCount());
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
      setting("stillrank.rescore.queue_size", null);
    }
    search(body, response -> assertNoFailures(response));
  }

  public void testASearchWaitsForItsTurnAndHoldsNoThread() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    setting("stillrank.rescore.search_thread_share", 0.01);
    String body = BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]");
    try {
      SearchThreadLimit.Place taken = admission().unannounced().enter();
      long ran = searches().getQueryCount();
      List<ActionFuture<SearchResponse>> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(client().search(request(body)));
      }
      assertBusy(() -> assertEquals(20, admission().waiting()));
      search(BY_RANK, response -> assertNoFailures(response));
      assertEquals("no first stage of theirs", ran + 1, searches().getQueryCount());
      Exception late =
          expectThrows(
              Exception.class,
              () ->
                  search(
                      BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"], \"timeout\": \"50ms\""),
                      response -> {}));
      assertEquals(RestStatus.REQUEST_TIMEOUT, ExceptionsHelper.status(late));
      taken.close();
      for (ActionFuture<SearchResponse> each : clients) {
        answered(each, response -> assertNoFailures(response));
      }
      assertEquals(0, admission().waiting());
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
    }
  }

  public void testASearchThatIsCancelledWhileItWaitsRunsNothing() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    setting("stillrank.rescore.search_thread_share", 0.01);
    String body = BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]");
    try {
      search(body, response -> assertNoFailures(response));
      SearchThreadLimit.Place taken = admission().unannounced().enter();
      long ran = searches().getQueryCount();
      ActionFuture<SearchResponse> waiting = client().search(request(body));
      assertBusy(() -> assertEquals(1, admission().waiting()));
      client()
          .admin()
          .cluster()
          .prepareCancelTasks()
          .setActions("indices:data/read/search*")
          .get(TimeValue.timeValueSeconds(30));
      taken.close();
      expectThrows(Exception.class, () -> waiting.actionGet(TimeValue.timeValueSeconds(30)));
      assertEquals(ran, searches().getQueryCount());
      search(body, response -> assertNoFailures(response));
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
    }
  }

  public void testSearchesOnSeveralShardsLeaveNoPlaceTaken() throws Exception {
    createIndex("texts", Settings.builder().put("index.number_of_shards", 4).build());
    String bread = "{\"text\": \"bread\", \"rank\": 3}";
    add(Collections.nCopies(12, bread).toArray(String[]::new));
    String body = BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]");
    search(body, response -> assertNoFailures(response));
    for (SearchType type : List.of(SearchType.QUERY_THEN_FETCH, SearchType.DFS_QUERY_THEN_FETCH)) {
      answered(
          client().search(request(body).searchType(type)), response -> assertNoFailures(response));
      int kept = admission().kept();
      assertEquals(type + " has left places that nobody needs", 0, kept);
    }
  }

  public void testMoreShardsAndClausesThanPlacesTakeTurns() throws Exception {
    createIndex("texts", Settings.builder().put("index.number_of_shards", 4).build());
    String bread = "{\"text\": \"bread\", \"rank\": 3}";
    add(Collections.nCopies(12, bread).toArray(String[]::new));
    setting("stillrank.rescore.search_thread_share", 0.01);
    try {
      String clause = rescore(10, "\"fields\": [\"text\"]").replace("\"rescore\": ", "");
      String twice = "\"rescore\": [" + clause + ", " + clause + "]";
      search(
          BY_RANK + ", " + twice,
          response -> {
            assertNoFailures(response);
            assertEquals(4, response.getSuccessfulShards());
            assertEquals(12, response.getHits().getTotalHits().value());
          });
      List<ActionFuture<SearchResponse>> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(client().search(request(BY_RANK + ", " + "\"rescore\": " + clause)));
      }
      for (ActionFuture<SearchResponse> each : clients) {
        answered(each, response -> assertNoFailures(response));
      }
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
    }
  }

  private Admission admission() {
    return getInstanceFromNode(Admission.class);
  }

  private SearchStats.Stats searches() {
    return client()
        .admin()
        .indices()
        .prepareStats()
        .setSearch(true)
        .get()
        .getTotal()
        .getSearch()
        .getTotal();
  }

  private void setting(String name, @Nullable Object value) {
    client()
        .admin()
        .cluster()
        .prepareUpdateSettings(TimeValue.timeValueSeconds(30), TimeValue.timeValueSeconds(30))
        .setPersistentSettings(
            value == null
                ? Settings.builder().putNull(name)
                : Settings.builder().put(name, value.toString()))
        .get();
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
    assertEquals("missing", getInstanceFromNode(ModelRegistry.class).status("absent").state());
    assertEquals(List.of("tiny"), ids(getInstanceFromNode(ModelRegistry.class).statuses()));
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

  private static final String BY_RANK =
      "\"query\": {\"function_score\": {\"query\": {\"match_all\": {}}, \"field_value_factor\":"
          + " {\"field\": \"rank\"}, \"boost_mode\": \"replace\"}}";

  private static String rescore(int window, String options) {
    return "\"rescore\": {\"window_size\": "
        + window
        + ", \"cross_encoder\": {\"model\": \"tiny\", \"query\": \""
        + QUERY
        + "\", "
        + options
        + "}}";
  }

  private void index(String... documents) {
    createIndex("texts");
    add(documents);
  }

  private void add(String... documents) {
    for (int i = 0; i < documents.length; i++) {
      prepareIndex("texts")
          .setId("" + i)
          .setSource(documents[i], XContentType.JSON)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get(TimeValue.timeValueSeconds(30));
    }
  }

  private void search(String body, Consumer<SearchResponse> check) throws IOException {
    answered(client().search(request(body)), check);
  }

  private static void answered(
      ActionFuture<SearchResponse> search, Consumer<SearchResponse> check) {
    SearchResponse response = search.actionGet(TimeValue.timeValueSeconds(30));
    try {
      check.accept(response);
    } finally {
      response.decRef();
    }
  }

  private SearchRequest request(String body) throws IOException {
    XContentParserConfiguration names =
        XContentParserConfiguration.EMPTY.withRegistry(
            getInstanceFromNode(NamedXContentRegistry.class));
    try (XContentParser parser = JsonXContent.jsonXContent.createParser(names, "{" + body + "}")) {
      SearchSourceBuilder source =
          new SearchSourceBuilder().parseXContent(parser, true, feature -> true);
      SearchRequest request = new SearchRequest("texts").source(source);
      ActionRequestValidationException problems = request.validate();
      if (problems != null) {
        throw problems;
      }
      return request;
    }
  }

  private static List<String> ids(SearchResponse response) {
    List<String> ids = new ArrayList<>();
    response.getHits().forEach(hit -> ids.add(hit.getId()));
    return ids;
  }

  private static List<String> ids(List<ModelStatus> statuses) {
    return statuses.stream().map(ModelStatus::id).toList();
  }

  private static float[] scores(String... passages) throws IOException {
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
