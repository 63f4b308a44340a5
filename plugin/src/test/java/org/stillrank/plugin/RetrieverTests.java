/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertAcked;
import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.index.IndexRequestBuilder;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.retriever.GlobalReranking;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.CrossEncoder;

/** A cluster in this process, whose hits are reranked once for the whole search. */
@ESIntegTestCase.ClusterScope(
    numDataNodes = 2,
    numClientNodes = 0,
    supportsDedicatedMasters = false)
public class RetrieverTests extends ESIntegTestCase {
  private static final int DOCUMENTS = 30;
  private static final int WINDOW = 20;

  @Override
  protected Collection<Class<? extends Plugin>> nodePlugins() {
    return List.of(StillrankPlugin.class);
  }

  @Override
  protected Settings nodeSettings(int ordinal, Settings others) {
    return Settings.builder()
        .put(super.nodeSettings(ordinal, others))
        .put("stillrank.score_cache.size", "0b")
        .build();
  }

  @Override
  protected Path nodeConfigPath(int ordinal) {
    Path config = createTempDir();
    try {
      TinyModel.put(config, "bert-one-output", "tiny");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return config;
  }

  public void testTheBestOfTheWholeSearchAreScoredOnceAndPagesAreOneRanking() throws Exception {
    index("one", 1);
    index("four", 4);
    List<String> expected = expected();
    assertEquals(expected, search("one", "\"size\": 20, " + retriever(""), this::checkedIds));
    long before = scoredDocuments();
    assertEquals(expected, search("four", "\"size\": 20, " + retriever(""), this::checkedIds));
    assertEquals("each of the window once", WINDOW, scoredDocuments() - before);
    List<String> pages = new ArrayList<>();
    for (int page = 0; page < 5; page++) {
      String part = "\"from\": " + 4 * page + ", \"size\": 4, ";
      pages.addAll(search("four", part + retriever(""), this::checkedIds));
    }
    assertEquals(expected, pages);
  }

  public void testScoresAreTheRerankersOwnAndLowOnesGo() throws Exception {
    index("four", 4);
    Map<String, Float> expected = scores();
    float least =
        search(
            "four",
            "\"size\": 20, " + retriever(""),
            response -> {
              for (SearchHit hit : response.getHits()) {
                assertEquals(expected.get(hit.getId()), hit.getScore(), 1e-5);
              }
              return response.getHits().getAt(4).getScore();
            });
    List<String> kept =
        search(
            "four",
            "\"size\": 20, " + retriever(", \"min_score\": " + (least - 1e-6)),
            this::checkedIds);
    assertEquals(expected().subList(0, 5), kept);
    assertEquals(List.of(), search("four", retriever(", \"min_score\": 1000"), this::checkedIds));
  }

  public void testScoresOfTheWholeSearchAreCombined() throws Exception {
    index("four", 4);
    Map<String, Float> model = scores();
    for (ScoreMode mode : List.of(ScoreMode.TOTAL, ScoreMode.LOGIT_TOTAL)) {
      Combination combination = new Combination(mode, 0.05f, 2);
      Map<String, Float> expected = new TreeMap<>();
      // The first stage's score is the document's rank.
      model.forEach((id, score) ->
          expected.put(
              id, combination.of(Integer.parseInt(id) + 1, RelevanceScale.logitOf(score))));
      String options =
          ", \"score_mode\": \""
              + mode.spelled()
              + "\", \"query_weight\": 0.05, \"rescore_query_weight\": 2";
      List<String> found =
          search(
              "four",
              "\"size\": 20, \"explain\": true, " + retriever(options),
              response -> {
                assertNoFailures(response);
                for (SearchHit hit : response.getHits()) {
                  assertEquals(expected.get(hit.getId()), hit.getScore(), 1e-4);
                  String explanation = hit.getExplanation().toString();
                  assertTrue(explanation, explanation.contains("score_mode [" + mode.spelled()));
                }
                return ids(response);
              });
      assertEquals(RankedTexts.ordered(expected), found);
      assertNotEquals(RankedTexts.ordered(model), found);
      float least = expected.get(found.get(4));
      assertEquals(
          found.subList(0, 5),
          search(
              "four", retriever(options + ", \"min_score\": " + (least - 1e-4)), this::checkedIds));
    }
  }

  public void testHitsWithoutTextComeLastWithScoreZero() throws Exception {
    index("one", 1);
    prepareIndex("one").setId("empty").setSource("rank", 1000).get();
    client().admin().indices().prepareRefresh("one").get();
    search(
        "one",
        "\"size\": 20, " + retriever(""),
        response -> {
          assertNoFailures(response);
          SearchHit last = response.getHits().getAt(WINDOW - 1);
          assertEquals("empty", last.getId());
          // The server lifts 0 to the smallest number above.
          assertEquals(0, last.getScore(), 1e-30);
          return null;
        });
  }

  public void testHitsWithoutTextHaveTheFirstStagesPartWhereScoresAreAdded() throws Exception {
    index("one", 1);
    prepareIndex("one").setId("empty").setSource("rank", 1000).get();
    client().admin().indices().prepareRefresh("one").get();
    for (ScoreMode mode : List.of(ScoreMode.TOTAL, ScoreMode.LOGIT_TOTAL)) {
      String options = ", \"score_mode\": \"" + mode.spelled() + "\", \"query_weight\": 0.5";
      search(
          "one",
          "\"size\": 20, " + retriever(options),
          response -> {
            assertNoFailures(response);
            List<String> ids = ids(response);
            assertEquals(mode == ScoreMode.TOTAL ? 0 : WINDOW - 1, ids.indexOf("empty"));
            float score = response.getHits().getAt(ids.indexOf("empty")).getScore();
            assertEquals(mode == ScoreMode.TOTAL ? 500 : 0, score, 1e-6);
            return null;
          });
    }
  }

  public void testPassagesAreShown() throws Exception {
    index("four", 4);
    search(
        "four",
        "\"explain\": true, " + retriever(", \"show_passages\": true"),
        response -> {
          assertNoFailures(response);
          for (SearchHit hit : response.getHits()) {
            Map<String, Object> shown = hit.field("_passage").getValue();
            assertEquals(RankedTexts.of(Integer.parseInt(hit.getId())), shown.get("text"));
            assertEquals(0, shown.get("from"));
            String explanation = hit.getExplanation().toString();
            assertTrue(explanation, explanation.contains("counts most of [1] scored"));
          }
          return null;
        });
  }

  /** The server leaves out shards that cannot match, and numbers the others anew. */
  public void testShardsThatCannotMatchMixNothingUp() throws Exception {
    // So many that some are asked when others have answered; only then they are left out.
    for (int i = 0; i < 12; i++) {
      createIndex(
          "a" + i,
          Settings.builder()
              .put("index.number_of_shards", 1)
              .put("index.number_of_replicas", 0)
              .build());
      indexRandom(true, false, prepareIndex("a" + i).setSource("text", "water", "rank", 1));
    }
    index("bbb", 1);
    index("ccc", 1);
    for (String name : List.of("bbb", "ccc")) {
      for (int i = 0; i < DOCUMENTS; i++) {
        client()
            .prepareUpdate(name, "" + i)
            .setDoc("group", name.equals("bbb") == (i % 2 == 0) ? "in" : "out")
            .get();
      }
      client().admin().indices().prepareRefresh(name).get();
    }
    Map<String, Float> expected = scores();
    search(
        "a*,bbb,ccc",
        "\"size\": 20, "
            + retriever("").replace("\"match_all\": {}", "\"term\": {\"group.keyword\": \"in\"}"),
        response -> {
          assertNoFailures(response);
          assertEquals(WINDOW, response.getHits().getHits().length);
          for (SearchHit hit : response.getHits()) {
            assertEquals(hit.getId(), expected.get(hit.getId()), hit.getScore(), 1e-5);
          }
          return null;
        });
  }

  public void testFilterNameAndNestingWork() throws Exception {
    index("four", 4);
    List<String> expected = expected();
    List<String> filtered =
        search(
            "four",
            "\"size\": 20, "
                + retriever(
                    ", \"_name\": \"ours\", \"filter\": {\"range\": {\"rank\": {\"lt\": 25}}}"),
            this::checkedIds);
    assertTrue(filtered.toString(), filtered.stream().allMatch(id -> Integer.parseInt(id) < 24));
    String inner = retriever("").substring("\"retriever\": ".length());
    String nested =
        "\"retriever\": {\"cross_encoder\": {\"retriever\": "
            + inner
            + ", \"model\": \"tiny\", \"query\": \""
            + RankedTexts.QUERY
            + "\", \"fields\": [\"text\"], \"rank_window_size\": 20}}";
    assertEquals(expected, search("four", "\"size\": 20, " + nested, this::checkedIds));
  }

  public void testExplainProfileAndHighlightingWork() throws Exception {
    index("four", 4);
    search(
        "four",
        "\"explain\": true, \"profile\": true, \"highlight\": {\"fields\": {\"text\":"
            + " {\"highlight_query\": {\"match\": {\"text\": \"bread\"}}}}}, "
            + retriever(""),
        response -> {
          assertNoFailures(response);
          SearchHit hit = response.getHits().getAt(0);
          String explanation = hit.getExplanation().toString();
          assertTrue(explanation, explanation.contains("rank [1] by model [tiny]"));
          assertFalse(response.getSearchProfileResults().getShardResults().isEmpty());
          assertTrue(
              response.getHits().getHits().length > 0
                  && Stream.of(response.getHits().getHits())
                      .anyMatch(each -> each.getHighlightFields().containsKey("text")));
          return null;
        });
  }

  public void testWhatFailsIsAnErrorOrLeavesTheFirstStagesOrder() throws Exception {
    index("four", 4);
    Exception failure =
        expectThrows(
            Exception.class,
            () -> search("four", retriever("").replace("tiny", "absent"), response -> null));
    assertTrue(
        ExceptionsHelper.stackTrace(failure),
        ExceptionsHelper.stackTrace(failure).contains("there is no model [absent]"));
    List<String> kept =
        search(
            "four",
            "\"size\": 20, "
                + retriever(", \"on_failure\": \"first_stage\"").replace("tiny", "absent"),
            response -> {
              for (SearchHit hit : response.getHits()) {
                assertEquals(Integer.parseInt(hit.getId()) + 1, hit.getScore(), 0);
              }
              return ids(response);
            });
    assertEquals(IntStream.range(0, WINDOW).mapToObj(i -> "" + (DOCUMENTS - 1 - i)).toList(), kept);
    Exception late =
        expectThrows(
            Exception.class,
            () -> search("four", retriever(", \"timeout\": \"1nanos\""), response -> null));
    assertEquals(
        ExceptionsHelper.stackTrace(late),
        RestStatus.REQUEST_TIMEOUT,
        ExceptionsHelper.status(late));
  }

  public void testOneWindowTooManyIsRefusedAndCounted() throws Exception {
    index("one", 1);
    String coordinating = internalCluster().getNodeNames()[0];
    ModelRegistry models = internalCluster().getInstance(ModelRegistry.class, coordinating);
    long before = rejected(models);
    ThreadPool threads = internalCluster().getInstance(ThreadPool.class, coordinating);
    ThreadPool.Info pool = threads.info(GlobalReranking.THREADS);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch queued = new CountDownLatch(Math.toIntExact(pool.getQueueSize()));
    try {
      // What waits for a thread has a place in the queue, so all threads must be taken first.
      CountDownLatch taken = new CountDownLatch(pool.getMax());
      for (int i = 0; i < pool.getMax(); i++) {
        threads
            .executor(GlobalReranking.THREADS)
            .execute(() -> {
              taken.countDown();
              safeAwait(end);
            });
      }
      safeAwait(taken);
      for (int i = 0; i < pool.getQueueSize(); i++) {
        threads
            .executor(GlobalReranking.THREADS)
            .execute(() -> {
              safeAwait(end);
              queued.countDown();
            });
      }
      Exception refused =
          expectThrows(Exception.class, () -> search("one", retriever(""), response -> null));
      assertEquals(
          ExceptionsHelper.stackTrace(refused),
          RestStatus.TOO_MANY_REQUESTS,
          ExceptionsHelper.status(refused));
    } finally {
      end.countDown();
    }
    assertEquals(before + 1, rejected(models));
    // Only then the queue has room again.
    safeAwait(queued);
    search("one", retriever(""), this::checkedIds);
  }

  private static long rejected(ModelRegistry models) {
    return models.status("tiny").statistics().failures().get(FailureKind.REJECTED);
  }

  public void testAnIndexWithoutSourceIsRefused() throws Exception {
    assertAcked(prepareCreate("bare").setMapping("{\"_source\": {\"enabled\": false}}").get());
    prepareIndex("bare").setId("0").setSource("text", RankedTexts.of(0), "rank", 1).get();
    client().admin().indices().prepareRefresh("bare").get();
    Exception refused =
        expectThrows(Exception.class, () -> search("bare", retriever(""), response -> null));
    assertEquals(
        ExceptionsHelper.stackTrace(refused),
        RestStatus.BAD_REQUEST,
        ExceptionsHelper.status(refused));
    assertTrue(
        ExceptionsHelper.stackTrace(refused),
        ExceptionsHelper.stackTrace(refused)
            .contains("reads texts from [_source], which an index of this search does not keep"));
  }

  public void testWhatIsWrongIsNamed() throws Exception {
    index("four", 4);
    for (Map.Entry<String, String> each :
        Map.of(
                "\"rank_window_size\": 7.5",
                "[rank_window_size] is the number [7.5]; give a whole number, 1 or more",
                "\"_name\": 7",
                "[_name] is the number [7]; give a text",
                "\"without_tokens\": \"source\"",
                "unknown option [without_tokens]; the options are",
                "\"rank_window_size\": 0",
                "[rank_window_size] is the number [0]; give a whole number, 1 or more",
                "\"score_mode\": \"sum\"",
                "[score_mode] is [sum]; give one of [replace, total,",
                "\"min_score\": \"much\"",
                "[min_score] is the text [much]; give a number",
                "\"min_score\": 1e400",
                "[min_score] is the number [1e400]; give one of at most 3.4e38",
                "\"min_score\": 1, \"on_failure\": \"first_stage\"",
                "[min_score] is for reranked hits",
                "\"passages\": {\"length\": 0}",
                "[passages] [length] is [0]; give 1 or more")
            .entrySet()) {
      Exception failure =
          expectThrows(
              Exception.class,
              () ->
                  search(
                      "four",
                      retriever(", " + each.getKey()).replace(", \"rank_window_size\": 20", ""),
                      response -> null));
      assertTrue(
          ExceptionsHelper.stackTrace(failure),
          ExceptionsHelper.stackTrace(failure).contains(each.getValue()));
    }
    Exception beyond =
        expectThrows(
            Exception.class,
            () -> search("four", "\"from\": 15, \"size\": 10, " + retriever(""), response -> null));
    assertTrue(beyond.getMessage(), beyond.getMessage().contains("below from + size [25]"));
  }

  private static String retriever(String more) {
    return "\"retriever\": {\"cross_encoder\": {\"retriever\": {\"standard\": "
        + RankedTexts.BY_RANK
        + "}, \"model\": \"tiny\","
        + " \"query\": \""
        + RankedTexts.QUERY
        + "\", \"fields\": [\"text\"], \"rank_window_size\": 20"
        + more
        + "}}";
  }

  /** Of the documents that the first stage has in the window. */
  private static Map<String, Float> scores() throws IOException {
    try (CrossEncoder model = TinyModel.open("bert-one-output")) {
      return RankedTexts.scores(model, RankedTexts.QUERY, DOCUMENTS - WINDOW, DOCUMENTS);
    }
  }

  private static List<String> expected() throws IOException {
    return RankedTexts.ordered(scores());
  }

  private long scoredDocuments() throws IOException {
    long documents = 0;
    for (ModelRegistry each : internalCluster().getInstances(ModelRegistry.class)) {
      documents += each.status("tiny").statistics().documents();
    }
    return documents;
  }

  private void index(String name, int shards) throws Exception {
    createIndex(
        name,
        Settings.builder()
            .put("index.number_of_shards", shards)
            .put("index.number_of_replicas", 0)
            .build());
    List<IndexRequestBuilder> requests = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      requests.add(
          prepareIndex(name).setId("" + i).setSource("text", RankedTexts.of(i), "rank", i + 1));
    }
    indexRandom(true, false, requests);
    ensureGreen(name);
  }

  private List<String> checkedIds(SearchResponse response) {
    assertNoFailures(response);
    return ids(response);
  }

  private static List<String> ids(SearchResponse response) {
    return Stream.of(response.getHits().getHits()).map(SearchHit::getId).toList();
  }

  private <T> T search(String index, String body, Function<SearchResponse, T> read)
      throws IOException {
    // Whoever reads the request must be who coordinates it, as over HTTP.
    String node = internalCluster().getNodeNames()[0];
    XContentParserConfiguration names =
        XContentParserConfiguration.EMPTY.withRegistry(
            internalCluster().getInstance(NamedXContentRegistry.class, node));
    try (XContentParser parser = JsonXContent.jsonXContent.createParser(names, "{" + body + "}")) {
      SearchRequest request =
          new SearchRequest(index.split(","))
              .source(new SearchSourceBuilder().parseXContent(parser, true, feature -> true));
      ActionRequestValidationException problems = request.validate();
      if (problems != null) {
        throw problems;
      }
      SearchResponse response =
          client(node).search(request).actionGet(TimeValue.timeValueSeconds(30));
      try {
        return read.apply(response);
      } finally {
        response.decRef();
      }
    }
  }
}
