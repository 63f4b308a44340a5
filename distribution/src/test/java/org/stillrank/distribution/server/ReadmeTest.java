/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
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
            DocumentedRequest.settings(REFERENCE));
    server =
        LocalServer.start(
            new LocalServer.Parts(
                null,
                Installed.plugin(),
                Map.of(Installed.MODEL, Installed.BUNDLE),
                node,
                Installed.OPTIONS));
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
    JsonNode ofNode =
        new Node(server.address())
            .done("GET", "/_stillrank/_stats", null)
            .path("nodes")
            .iterator()
            .next();
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
  void topHitsOfEachBucketAreAWindowOfTheirOwn() throws Exception {
    Node node = new Node(server.address());
    int before = windows(node);
    JsonNode answer =
        node.done(
            "POST",
            "/guides/_search",
            Installed.clause("")
                .replaceFirst(
                    "\\{",
                    "{\"size\": 0, \"aggs\": {\"topics\": {\"terms\": {\"field\":"
                        + " \"topic\"}, \"aggs\": {\"best\": {\"top_hits\": {}}}}}, "));
    int buckets = answer.path("aggregations").path("topics").path("buckets").size();
    assertThat(buckets).isEqualTo(3);
    assertThat(windows(node) - before).isEqualTo(buckets);
  }

  private static int windows(Node node) throws Exception {
    return node.done("GET", "/_stillrank/_stats", null)
        .path("nodes")
        .iterator()
        .next()
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
