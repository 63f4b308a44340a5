/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installed plugin in a server process of its own, entitlements enforced, over HTTP. */
class RealServerTest {
  private static final String QUERY = "why does bread rise";
  private static final List<String> TEXTS =
      List.of(
          "Bread rises because yeast turns sugar into gas and the dough holds it.",
          "The harbour freezes in cold winters and ships wait for the ice to break.",
          "Copper wires carry current better than iron wires of the same thickness.",
          "Bees dance to tell the others where the flowers are.",
          "Salt water freezes at a lower temperature than fresh water does.",
          "The library lends books, maps and records to anyone who lives in town.");
  private static final Path BUNDLE = SharedFiles.project("distribution/bundles/minilm-l6");

  /** Stays when a test fails, for the logs in it. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private static EsServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void aServerWithThePluginAndTheBundle() throws IOException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "stillrank");
    EsHome home =
        EsHome.copyOf(
            ElasticsearchZip.PINNED.unpacked(cache),
            folder.resolve("home"),
            Path.of(System.getProperty("java.home")));
    home.install(pluginZip());
    Path work = folder.resolve("work");
    Path models = Files.createDirectories(work.resolve("config/stillrank/models/minilm-l6"));
    try (Stream<Path> files = Files.list(BUNDLE)) {
      for (Path each : files.toList()) {
        Files.copy(each, models.resolve(each.getFileName().toString()));
      }
    }
    // Half of the search threads may rerank, and all four shards of a search do so at once.
    NodeConfig node = NodeConfig.alone().with("thread_pool.search.size", "8");
    server = EsServer.start(home, work, node, "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1");
  }

  private static Path pluginZip() throws IOException {
    try (Stream<Path> files = Files.list(SharedFiles.project("plugin/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("stillrank-.*-es.*\\.zip"))
          .findFirst()
          .orElseThrow();
    }
  }

  @AfterAll
  static void nothingIsLeft() {
    long before = ProcessHandle.allProcesses().filter(RealServerTest::isOurs).count();
    assertThat(before).isPositive();
    server.close();
    assertThat(ProcessHandle.allProcesses().filter(RealServerTest::isOurs)).isEmpty();
  }

  private static boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(folder.resolve("home").toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theClauseGivesTheRerankersScoresAndOrder(int shards) throws Exception {
    String index = "texts" + shards;
    send("PUT", "/" + index, "{\"settings\": {\"number_of_shards\": " + shards + "}}");
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < TEXTS.size(); i++) {
      bulk.append("{\"index\": {\"_id\": \"").append(i).append("\"}}\n");
      bulk.append("{\"text\": \"").append(TEXTS.get(i)).append("\"}\n");
    }
    send("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());

    JsonNode answer =
        send(
            "POST",
            "/" + index + "/_search",
            "{\"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 10, \"cross_encoder\":"
                + " {\"model\": \"minilm-l6\", \"query\": \""
                + QUERY
                + "\", \"fields\": [\"text\"]}}}");

    float[] logits;
    try (CrossEncoder model =
        CrossEncoder.open(ModelBundle.open(BUNDLE), ScoringOptions.defaults())) {
      logits = model.score(QUERY, TEXTS, Cancellation.NONE);
    }
    assertThat(answer.path("_shards").path("failed").asInt()).as(answer::toString).isZero();
    List<Integer> ranked = new ArrayList<>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      int id = Integer.parseInt(hit.path("_id").asString());
      ranked.add(id);
      double s = logits[id];
      assertThat(hit.path("_score").asDouble())
          .isCloseTo(Math.max(s, 0) + Math.min(Math.exp(s), 1), within(1e-5));
    }
    assertThat(ranked)
        .containsExactlyElementsOf(
            IntStream.range(0, TEXTS.size())
                .boxed()
                .sorted(Comparator.comparingDouble(id -> -logits[id]))
                .toList());
    assertThat(ranked.getFirst()).isZero();
  }

  @Test
  void modelsAreListedScoredAndReloaded() throws Exception {
    JsonNode scores =
        send(
            "POST",
            "/_stillrank/models/minilm-l6/_score",
            "{\"query\": \"" + QUERY + "\", \"passages\": [\"" + TEXTS.getFirst() + "\"]}");
    assertThat(scores.path("scores")).hasSize(1);
    JsonNode models = send("GET", "/_stillrank/models/minilm-l6", null);
    JsonNode model = models.path("nodes").iterator().next().path("models").path("minilm-l6");
    assertThat(model.path("state").asString()).isEqualTo("ready");
    assertThat(model.path("max_length").asInt()).isEqualTo(256);
    JsonNode reloaded = send("POST", "/_stillrank/models/minilm-l6/_reload", null);
    assertThat(reloaded.path("_nodes").path("failed").asInt()).isZero();
  }

  private static JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return JsonMapper.shared().readTree(answer.body());
  }
}
