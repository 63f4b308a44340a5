/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.stillrank.distribution.server.Installed.QUERY;
import static org.stillrank.distribution.server.Installed.TEXTS;
import static org.stillrank.distribution.server.Installed.clause;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two server processes in one cluster: whatever happens on one, scores of both are on one scale.
 */
class TwoNodesTest {
  private static final int SLOW = 300;

  /** What is asked twice takes as long twice. */
  private static final Map<String, String> UNCACHED = Map.of("stillrank.score_cache.size", "0b");

  /** Stays when a test fails, for the logs in it. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private static EsServer first;
  private static EsServer second;
  private static Node node;

  @BeforeAll
  static void aClusterOfTwo() throws Exception {
    EsHome home = Installed.home(folder.resolve("home"));
    int[] ports = FreePorts.take(4);
    List<String> seeds = List.of("127.0.0.1:" + ports[1]);
    NodeConfig one = new NodeConfig("n1", ports[0], ports[1], seeds, List.of("n1"), UNCACHED);
    NodeConfig two = new NodeConfig("n2", ports[2], ports[3], seeds, List.of(), UNCACHED);
    first = EsServer.start(home, Installed.work(folder.resolve("one")), one, Installed.OPTIONS);
    second = EsServer.start(home, Installed.work(folder.resolve("two")), two, Installed.OPTIONS);
    node = new Node(first.address());
    node.done("GET", "/_cluster/health?wait_for_nodes=2&timeout=60s", null);
    slowIndex();
    // Both nodes load the model before anything is timed.
    node.index("warm", 2, TEXTS);
    node.done("POST", "/warm/_search", clause(""));
  }

  /** One shard of long texts on a node, one of short texts on the other. */
  private static void slowIndex() throws Exception {
    node.done(
        "PUT",
        "/slow",
        "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 0,"
            + " \"index.routing.allocation.total_shards_per_node\": 1}}");
    String[] routing = new String[2];
    for (int i = 0; routing[0] == null || routing[1] == null; i++) {
      int shard =
          node.done("GET", "/slow/_search_shards?routing=r" + i, null)
              .path("shards")
              .path(0)
              .path(0)
              .path("shard")
              .asInt();
      routing[shard] = "r" + i;
    }
    node.add("slow", routing[0], 0, Installed.longTexts(SLOW, 60));
    node.add("slow", routing[1], SLOW, TEXTS);
  }

  @AfterAll
  static void bothEnd() {
    second.close();
    first.close();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(folder.toString())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aRetrieverScoresEachOfItsWindowOnce(int shards) throws Exception {
    String index = "retrieved-" + shards;
    node.index(index, shards, TEXTS);
    long before = scoredDocuments();
    Node.Answer answer =
        node.send("POST", "/" + index + "/_search", Installed.retriever(TEXTS.size(), ""));
    double[] expected = Installed.scores(QUERY, TEXTS);
    assertThat(answer.ids()).as(answer.body()::toString).isEqualTo(Installed.ranked(expected));
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(answer.scores().get(i))
          .isCloseTo(expected[Integer.parseInt(answer.ids().get(i))], within(1e-5));
    }
    assertThat(scoredDocuments() - before).isEqualTo(TEXTS.size());

    String late =
        Installed.retriever(5, ", \"timeout\": \"1nanos\", \"on_failure\": \"first_stage\"");
    Node.Answer kept = node.send("POST", "/" + index + "/_search", late);
    assertThat(kept.status()).as(kept.body()::toString).isEqualTo(200);
    assertThat(kept.ids()).hasSize(5);
    assertThat(kept.warnings()).anyMatch(each -> each.contains("hits are in first-stage order"));
  }

  private static long scoredDocuments() throws Exception {
    long documents = 0;
    for (var each : node.done("GET", "/_stillrank/_stats", null).path("nodes")) {
      documents += each.path("models").path("base").path("documents").asLong();
    }
    return documents;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void scoresAndOrderAreTheRerankers(int shards) throws Exception {
    String index = "texts-" + shards;
    node.index(index, shards, TEXTS);
    Node.Answer answer = node.send("POST", "/" + index + "/_search", clause(""));
    double[] expected = Installed.scores(QUERY, TEXTS);
    assertThat(answer.ids()).as(answer.body()::toString).isEqualTo(Installed.ranked(expected));
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(answer.scores().get(i))
          .isCloseTo(expected[Integer.parseInt(answer.ids().get(i))], within(1e-5));
    }
  }

  @Test
  void aSlowNodeUnderASearchTimeoutNeverMixesScales() throws Exception {
    String body = all("").replaceFirst("\\{", "{\"timeout\": \"700ms\", ");
    Node.Answer answer = node.send("POST", "/slow/_search?_source=false", body);
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.body().path("timed_out").asBoolean()).isTrue();
    onOneScale(answer);
    assertThat(answer.scores()).anyMatch(score -> score < 0);

    Node.Answer whole =
        node.send("POST", "/slow/_search?_source=false&allow_partial_search_results=false", body);
    assertThat(whole.status()).as(whole.body()::toString).isEqualTo(429);
  }

  @Test
  void theSameWhereTheTimeEndsInALaterClause() throws Exception {
    String reranks = all("").replaceFirst("\\{", "{\"timeout\": \"700ms\", ");
    String clause = reranks.replaceFirst(".*\"rescore\": ", "").replaceFirst("}$", "");
    String withoutText = clause.replace("\"text\"", "\"absent\"");
    String both = reranks.replace(clause, "[" + withoutText + ", " + clause + "]");
    Node.Answer answer = node.send("POST", "/slow/_search?_source=false", both);
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.body().path("timed_out").asBoolean()).isTrue();
    onOneScale(answer);
    assertThat(answer.scores()).anyMatch(score -> score > 0).anyMatch(score -> score < 0);
  }

  @Test
  void aFailedShardIsToldAndItsHitsAreMissing() throws Exception {
    String body = all(", \"timeout\": \"700ms\"");
    Node.Answer partial = node.send("POST", "/slow/_search?_source=false", body);
    assertThat(partial.status()).as(partial.body()::toString).isEqualTo(200);
    assertThat(partial.body().path("_shards").path("failures"))
        .singleElement()
        .asString()
        .contains("took longer than [timeout] of [700ms]");
    onOneScale(partial);
    assertThat(partial.scores()).hasSize(TEXTS.size()).allMatch(score -> score > 0);

    Node.Answer whole =
        node.send("POST", "/slow/_search?_source=false&allow_partial_search_results=false", body);
    assertThat(whole.status()).as(whole.body()::toString).isGreaterThanOrEqualTo(400);
  }

  @Test
  void firstStageHitsStandBelowEveryRerankedOne() throws Exception {
    Node.Answer answer =
        node.send(
            "POST",
            "/slow/_search?_source=false",
            all(", \"timeout\": \"700ms\", \"on_failure\": \"first_stage\""));
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.body().path("_shards").path("failed").asInt()).isZero();
    assertThat(answer.ids()).hasSize(SLOW + TEXTS.size());
    onOneScale(answer);
    assertThat(answer.scores().get(TEXTS.size() - 1)).isPositive();
    assertThat(answer.scores().get(TEXTS.size())).isEqualTo(-0.5);
    assertThat(answer.warnings()).anyMatch(each -> each.contains("hits are in first-stage order"));
  }

  /** Best first; reranked hits have the reranker's scores, all others are below 0. */
  private static void onOneScale(Node.Answer answer) throws IOException {
    double[] expected = Installed.scores(QUERY, TEXTS);
    List<Double> scores = answer.scores();
    for (int i = 0; i < scores.size(); i++) {
      int id = Integer.parseInt(answer.ids().get(i));
      if (i > 0) {
        assertThat(scores.get(i)).isLessThanOrEqualTo(scores.get(i - 1));
      }
      if (id >= SLOW && scores.get(i) > 0) {
        assertThat(scores.get(i)).isCloseTo(expected[id - SLOW], within(1e-5));
      } else {
        assertThat(scores.get(i)).isNegative();
      }
    }
  }

  private static String all(String options) {
    return Installed.clause(options)
        .replace("\"window_size\": 10", "\"window_size\": 500")
        .replaceFirst("\\{", "{\"size\": 500, ");
  }
}
