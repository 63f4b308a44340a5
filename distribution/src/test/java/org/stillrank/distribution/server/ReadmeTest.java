/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;

/**
 * The examples of the README's section on Elasticsearch and of the plugin's reference, unchanged,
 * with the settings of the reference and at the port that the README names.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadmeTest {
  private static final int PORT = 9200;
  private static final Path REFERENCE = SharedFiles.project("plugin/README.md");
  private static LocalServer server;

  @BeforeAll
  static void aServerAtTheUsualPort() throws IOException {
    int[] free = FreePorts.take(2);
    NodeConfig node =
        new NodeConfig(
                "n1",
                isFree(PORT) ? PORT : free[0],
                free[1],
                List.of(),
                List.of(),
                DocumentedRequest.settings(REFERENCE))
            .with("stillrank.model.preload", "[\"" + Installed.MODEL + "\", \"absent\"]");
    server = Installed.server(Map.of(Installed.MODEL, Installed.BUNDLE), node);
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.done();
      server.close();
    }
  }

  /** Nobody has searched yet. */
  @Test
  @Order(0)
  void preloadedModelsAreReadyAndAnAbsentOneIsLogged() throws Exception {
    Node node = new Node(server.address());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!state(node).equals("ready")) {
      assertThat(System.nanoTime()).as(state(node)).isLessThan(end);
    }
    assertThat(Files.readString(server.folder().resolve("work/server.log")))
        .contains("[stillrank.model.preload]: model [absent] cannot be used: there is no model");
  }

  private static String state(Node node) throws Exception {
    return node.ofFirst("/_stillrank/models")
        .path("models")
        .path(Installed.MODEL)
        .path("state")
        .asString();
  }

  @Test
  @Order(1)
  void curlRunsTheExamples() throws Exception {
    atTheUsualPort();
    String said = run(List.of("bash", "-euc", example("sh")));
    assertThat(said)
        .contains("\"errors\":false")
        .containsPattern("\"_id\" : \"1\",\\s+\"_score\" : [1-9]")
        .contains("\"state\" : \"ready\"", "\"logit\" : ", "\"padded_tokens\" : ")
        .doesNotContain("\"error\" :");
  }

  @Test
  @Order(2)
  void theOfficialPythonClientRunsTheExample() throws Exception {
    atTheUsualPort();
    String python = System.getenv().getOrDefault("STILLRANK_PYTHON", "python3");
    assumeTrue(
        new ProcessBuilder(
                    python, "-c", "import elasticsearch; assert elasticsearch.__version__[0] >= 8")
                .start()
                .waitFor()
            == 0,
        "skipped: ["
            + python
            + "] has no module elasticsearch of version 8 or newer; pip install elasticsearch");
    assertThat(run(List.of(python, "-c", example("python"))).lines())
        .hasSize(2)
        .first()
        .asString()
        .endsWith(" Baking");
  }

  @Test
  @Order(3)
  void theRetrieverOfTheExampleRuns() throws Exception {
    atTheUsualPort();
    Node.Answer answer =
        new Node(server.address()).send("POST", "/articles/_search", example("json"));
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.ids()).containsExactly("1", "2");
  }

  @TestFactory
  @Order(4)
  Stream<DynamicTest> everyRequestOfTheReferenceIsAnsweredAsShown() throws IOException {
    return DocumentedRequest.of(REFERENCE).stream()
        .map(each ->
            DynamicTest.dynamicTest(
                "line " + each.line() + ": " + each.request(),
                () -> each.holdsAt(server.address())));
  }

  @Test
  @Order(5)
  void everyNumberOfTheServerIsInTheReference() throws Exception {
    String section = Files.readString(REFERENCE);
    section = section.substring(section.indexOf("What is counted."), section.indexOf("## Scores"));
    JsonNode ofNode = new Node(server.address()).ofFirst("/_stillrank/_stats");
    List<String> names = new ArrayList<>(ofNode.propertyNames());
    names.addAll(ofNode.path("score_cache").propertyNames());
    names.addAll(ofNode.path("models").path(Installed.MODEL).propertyNames());
    names.addAll(ofNode.path("models").path(Installed.MODEL).path("failures").propertyNames());
    text("/_cat/stillrank?help").lines().map(line -> line.split(" ")[0]).forEach(names::add);
    text("/_stillrank/_metrics")
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ")[2])
        .forEach(names::add);
    assertThat(names).hasSizeGreaterThan(50);
    assertThat(section).contains(names.stream().map(name -> "`" + name + "`").toList());
  }

  /** Of the index that the reference makes. */
  @Test
  @Order(6)
  void topHitsHaveTheModelsScores() throws Exception {
    Node node = new Node(server.address());
    int before = windows(node);
    JsonNode buckets =
        buckets(node, Installed.clause("").replaceFirst("\\{", "{\"size\": 0, " + BEST));
    assertThat(buckets).hasSize(3);
    // Each bucket is a window of its own, and without hits of the search there is no other.
    assertThat(windows(node) - before).isEqualTo(3);
    Map<String, Double> expected =
        scores(node.done("POST", "/guides/_search", Installed.clause("")));
    assertThat(bests(buckets)).isNotEmpty().isSubsetOf(expected.entrySet());
    // The server lifts 0 to the smallest number above.
    assertThat(bests(buckets(node, Installed.retriever(10, "").replaceFirst("\\{", "{" + BEST))))
        .isNotEmpty()
        .allSatisfy(
            hit -> assertThat(hit.getValue()).isCloseTo(expected.get(hit.getKey()), within(1e-6)));
  }

  private static final String BEST =
      "\"aggs\": {\"topics\": {\"terms\": {\"field\": \"topic\"}, \"aggs\": {\"best\":"
          + " {\"top_hits\": {}}}}}, ";

  private static JsonNode buckets(Node node, String body) throws Exception {
    return node.done("POST", "/guides/_search", body)
        .path("aggregations")
        .path("topics")
        .path("buckets");
  }

  private static List<Map.Entry<String, Double>> bests(JsonNode buckets) {
    List<Map.Entry<String, Double>> bests = new ArrayList<>();
    buckets.forEach(bucket -> bests.addAll(scores(bucket.path("best")).entrySet()));
    return bests;
  }

  /** Of the hits of an answer by their ids. */
  private static Map<String, Double> scores(JsonNode answer) {
    Map<String, Double> scores = new TreeMap<>();
    answer
        .path("hits")
        .path("hits")
        .forEach(hit -> scores.put(hit.path("_id").asString(), hit.path("_score").asDouble()));
    return scores;
  }

  @Test
  @Order(7)
  void aModelThatCannotBeReloadedStays() throws Exception {
    Node node = new Node(server.address());
    Map<String, Double> before = scores(node.done("POST", "/guides/_search", Installed.clause("")));
    Path file =
        server
            .folder()
            .resolve("work/config/stillrank/models")
            .resolve(Installed.MODEL)
            .resolve("tokenizer.json");
    Path away = Files.move(file, file.resolveSibling("away"));
    JsonNode failed = reloaded(node);
    assertThat(failed.path("failed").asInt()).as(failed::toString).isEqualTo(1);
    assertThat(failed.toString()).contains("tokenizer.json");
    assertThat(scores(node.done("POST", "/guides/_search", Installed.clause(""))))
        .isEqualTo(before);
    Files.move(away, file);
    assertThat(reloaded(node).path("failed").asInt()).isZero();
  }

  private static JsonNode reloaded(Node node) throws Exception {
    return node.done("POST", "/_stillrank/models/" + Installed.MODEL + "/_reload", null)
        .path("_nodes");
  }

  private static int windows(Node node) throws Exception {
    return node.ofFirst("/_stillrank/_stats")
        .path("models")
        .path(Installed.MODEL)
        .path("requests")
        .asInt();
  }

  private static String text(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void atTheUsualPort() {
    assumeTrue(
        server.address().getPort() == PORT,
        "skipped: something else listened at port " + PORT + ", which the README names");
  }

  private static String example(String language) throws IOException {
    String readme = Files.readString(SharedFiles.project("README.md"));
    String section = readme.substring(readme.indexOf("## In Elasticsearch"));
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(section);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
