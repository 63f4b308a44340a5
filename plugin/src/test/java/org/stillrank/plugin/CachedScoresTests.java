/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.elasticsearch.search.SearchHit;
import org.junit.Before;
import org.stillrank.plugin.administration.ModelsRequest;
import org.stillrank.plugin.administration.ReloadAction;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.CrossEncoder;

/** Scores that a node keeps are those that it would compute. */
public class CachedScoresTests extends TinyIndexTestCase {
  private static final String SIZE = "stillrank.score_cache.size";
  private static final List<String> MODELS = List.of("bert-one-output", "bert-two-outputs");
  private static final int DOCUMENTS = 16;
  private static final int WINDOW = 12;
  private static final int RELOADS = 6;
  private static final int THREADS = 4;

  /** How often in a row a query is asked: by the first of them it is new, for others it may be. */
  private static final int REPEATED = 8;

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean over;

  @Before
  public void numberedTexts() {
    createIndex("numbered");
    for (int i = 0; i < DOCUMENTS; i++) {
      prepareIndex("numbered")
          .setId("" + i)
          .setSource("text", RankedTexts.of(i), "rank", i + 1)
          .get(SOON);
    }
    client().admin().indices().prepareRefresh("numbered").get(SOON);
  }

  public void testTheNextPageOfARetrieverIsTheSameWithoutScoringAgain() throws Exception {
    setting(SIZE, "0b");
    List<Map.Entry<String, Float>> first = hits(retriever(RankedTexts.QUERY, 0));
    List<Map.Entry<String, Float>> second = hits(retriever(RankedTexts.QUERY, 6));
    assertEquals(6, second.size());
    setting(SIZE, "1mb");
    assertEquals(first, hits(retriever(RankedTexts.QUERY, 0)));
    ModelStatistics.Snapshot before = statistics();
    assertEquals(0, before.cached());
    assertEquals(second, hits(retriever(RankedTexts.QUERY, 6)));
    ModelStatistics.Snapshot after = statistics();
    assertEquals(before.documents() + WINDOW, after.documents());
    assertEquals(WINDOW, after.cached());
    assertEquals(before.passages(), after.passages());
    assertEquals(before.tokens(), after.tokens());
    assertEquals(before.batches(), after.batches());
    setting(SIZE, null);
  }

  /**
   * Nothing empties the cache when a model's files change. One query is asked before and after each
   * reload, so its scores are there by the old model; the others are scored while models change.
   */
  public void testAnAnswerIsOneModelsAndAfterAReloadTheNewOnes() throws Exception {
    try (CrossEncoder one = TinyModel.open(MODELS.get(0));
        CrossEncoder other = TinyModel.open(MODELS.get(1))) {
      List<CrossEncoder> models = List.of(one, other);
      assertFalse(isOf(one, RankedTexts.QUERY, scores(other, RankedTexts.QUERY)));
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Integer>> clients = new ArrayList<>();
        try {
          assertAnswer(models.get(0));
          for (int i = 0; i < THREADS; i++) {
            clients.add(threads.submit(() -> ask(models)));
          }
          for (int reload = 1; reload <= RELOADS; reload++) {
            begun.set(reload);
            put(MODELS.get(reload % 2), "tiny");
            client().execute(ReloadAction.TYPE, new ModelsRequest("tiny")).actionGet(SOON);
            ended.set(reload);
            for (int i = 0; i < REPEATED; i++) {
              assertAnswer(models.get(reload % 2));
            }
          }
        } finally {
          over = true;
        }
        for (Future<Integer> each : clients) {
          assertTrue(each.get() > RELOADS);
        }
      }
    }
  }

  private void assertAnswer(CrossEncoder model) throws IOException {
    for (String body : List.of(clause(RankedTexts.QUERY), retriever(RankedTexts.QUERY, 0))) {
      Map<String, Float> found = found(body);
      assertTrue(found.toString(), isOf(model, RankedTexts.QUERY, found));
    }
  }

  /**
   * Asks until all reloads are over. Whoever began when so many reloads had ended, and has an
   * answer when so many had begun, may have one by any model between, but by one of them.
   *
   * @return how many answers there were
   */
  private int ask(List<CrossEncoder> models) throws IOException {
    int answers = 0;
    while (!over) {
      int number = asked.getAndIncrement();
      String query = RankedTexts.query(number / REPEATED);
      int first = ended.get();
      Map<String, Float> found = found(number % 2 == 0 ? clause(query) : retriever(query, 0));
      int last = begun.get();
      assertTrue(
          "[" + query + "] has " + found + " of models " + first + " to " + last,
          IntStream.rangeClosed(first, last)
              .anyMatch(reload -> isOf(models.get(reload % 2), query, found)));
      answers++;
    }
    return answers;
  }

  private static boolean isOf(CrossEncoder model, String query, Map<String, Float> found) {
    Map<String, Float> expected = scores(model, query);
    return expected.keySet().containsAll(found.keySet())
        && found.entrySet().stream()
            .allMatch(hit -> Math.abs(hit.getValue() - expected.get(hit.getKey())) < 1e-5);
  }

  /** Of the window. */
  private static Map<String, Float> scores(CrossEncoder model, String query) {
    return RankedTexts.scores(model, query, DOCUMENTS - WINDOW, DOCUMENTS);
  }

  private Map<String, Float> found(String body) throws IOException {
    Map<String, Float> found = new LinkedHashMap<>();
    send(
        client(),
        request("numbered", body),
        response -> {
          assertNoFailures(response);
          for (SearchHit hit : response.getHits()) {
            found.put(hit.getId(), hit.getScore());
          }
        });
    assertEquals(6, found.size());
    return found;
  }

  /** In their order. */
  private List<Map.Entry<String, Float>> hits(String body) throws IOException {
    return List.copyOf(found(body).entrySet());
  }

  private ModelStatistics.Snapshot statistics() {
    return models().status("tiny").statistics();
  }

  private static String clause(String query) {
    return "{\"size\": 6, \"query\": "
        + RankedTexts.by("rank")
        + ", \"rescore\": {\"window_size\": "
        + WINDOW
        + ", \"cross_encoder\": {"
        + reranks(query)
        + "}}}";
  }

  private static String retriever(String query, int from) {
    return "{\"from\": "
        + from
        + ", \"size\": 6, \"retriever\": {\"cross_encoder\": {\"retriever\": {\"standard\": "
        + RankedTexts.BY_RANK
        + "}, \"rank_window_size\": "
        + WINDOW
        + ", "
        + reranks(query)
        + "}}}";
  }

  private static String reranks(String query) {
    return "\"model\": \"tiny\", \"query\": \"" + query + "\", \"fields\": [\"text\"]";
  }
}
