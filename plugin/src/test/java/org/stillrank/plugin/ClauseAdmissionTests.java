/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionFuture;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.search.SearchType;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.search.stats.SearchStats;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentType;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scale.RelevanceScale;

/** Which searches with a clause run at the same time, and which wait or are refused. */
public class ClauseAdmissionTests extends ClauseTestCase {
  @Override
  protected Settings nodeSettings() {
    return Settings.builder()
        .put(super.nodeSettings())
        .put("node.processors", 2)
        // As with indexes so large that several threads search one shard.
        .put("search.minimum_docs_per_slice", 1)
        .build();
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

  public void testThreadsThatSearchOneShardTogetherAreNotRefused() throws Exception {
    createIndex(
        "texts",
        Settings.builder().put("index.merge.policy.max_merge_at_once", 100).build(),
        "kind",
        "type=keyword");
    for (int i = 0; i < 24; i++) {
      prepareIndex("texts")
          .setSource(
              "{\"text\": \"bread " + i + "\", \"rank\": 3, \"kind\": \"k" + i % 2 + "\"}",
              XContentType.JSON)
          .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
          .get(SOON);
    }
    setting("stillrank.rescore.search_thread_share", 0.01);
    try {
      for (int i = 0; i < 20; i++) {
        search(
            "\"size\": 0, \"aggs\": {\"kinds\": {\"terms\": {\"field\": \"kind\"}, \"aggs\":"
                + " {\"best\": {\"top_hits\": {\"size\": 1}}}}}, "
                + BY_RANK
                + ", "
                + rescore(10, "\"fields\": [\"text\"]"),
            response -> assertNoFailures(response));
      }
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
    }
  }

  public void testWhoWasNotLetInTakesNobodysPlace() throws Exception {
    index("{\"text\": \"bread\", \"rank\": 3}");
    setting("stillrank.rescore.search_thread_share", 0.01);
    try {
      search(BY_RANK + ", " + rescore(10, "\"fields\": [\"text\"]"), response -> {});
      PlainActionFuture<Admission.Ticket> first = new PlainActionFuture<>();
      admission().admit(0, null, IllegalStateException::new, first);
      Admission.Ticket ticket = first.actionGet(SOON);
      ticket.begin();
      for (String late : List.of("\"timeout\": \"50ms\"", "\"query_weight\": 1")) {
        setting("stillrank.rescore.queue_size", late.contains("timeout") ? null : 0);
        search(
            BY_RANK
                + ", "
                + rescore(10, "\"fields\": [\"text\"], \"on_failure\": \"first_stage\", " + late),
            response ->
                assertEquals(
                    late,
                    RelevanceScale.ofFirstStage(3),
                    response.getHits().getAt(0).getScore(),
                    1e-6));
      }
      ticket.enter().close();
      ticket.end();
    } finally {
      setting("stillrank.rescore.search_thread_share", null);
      setting("stillrank.rescore.queue_size", null);
    }
    ModelStatistics.Snapshot statistics = models().status("tiny").statistics();
    assertEquals(1, statistics.failures().get(FailureKind.TIMEOUT).longValue());
    assertEquals(1, statistics.failures().get(FailureKind.REJECTED).longValue());
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
          .get(SOON);
      taken.close();
      expectThrows(Exception.class, () -> waiting.actionGet(SOON));
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
}
