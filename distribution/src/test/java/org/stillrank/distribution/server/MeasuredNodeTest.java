/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.Main;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.PagedSearches;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.cluster.ServedWay;
import org.stillrank.distribution.load.LoadedSearch;
import org.stillrank.distribution.soak.DeployedModel;
import org.stillrank.distribution.soak.ResidentMemory;
import org.stillrank.distribution.soak.Soak;
import org.stillrank.distribution.soak.SoakReport;
import org.stillrank.distribution.soak.SoakSettings;
import org.stillrank.distribution.soak.SoakTable;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The commands that measure a server, on one that is there already. */
class MeasuredNodeTest {
  private static LocalServer server;
  private static Node node;

  @BeforeAll
  static void aServerWithTheBundle() throws Exception {
    server =
        Installed.server(
            Map.of("base", Installed.BUNDLE, "again", Installed.BUNDLE, "soaked", Installed.BUNDLE),
            Installed.narrow());
    node = new Node(server.address());
    node.index("texts", 1, Installed.TEXTS);
  }

  @AfterAll
  static void theServerEnds() throws IOException {
    server.done();
    server.close();
  }

  @Test
  void pagesAreTimedAndComparedWithAnUncachedServer() throws Exception {
    BeirCollection demo = BeirCollection.open(SharedFiles.project("distribution/demo"));
    node.setting("stillrank.score_cache.size", "\"10mb\"");
    try (ClusterClient client = ClusterClient.at(node.address(), null);
        SearchIndex index =
            SearchIndex.create(client, "pages", 1, demo.documents(), Progress.silent())) {
      List<Topic> topics = Topic.spread(demo.topics("test"), 3);
      ModelBundle model = ModelBundle.open(Installed.BUNDLE);
      PagedSearches pages = PagedSearches.of(index, model, topics, 25, 10, Progress.silent());
      assertThat(pages.unlike()).isEmpty();
      assertThat(pages.firstSeconds()).hasSize(3);
      assertThat(pages.secondSeconds()).hasSize(3).allMatch(seconds -> seconds > 0);
      assertThat(node.ofFirst("/_stillrank/_stats").at("/score_cache/size").asLong()).isZero();
    } finally {
      node.setting("stillrank.*", "null");
    }
  }

  @Test
  void loadIsCountedAndNothingIsLost(@TempDir Path out) throws Exception {
    node.setting("stillrank.rescore.search_thread_share", "0.01");
    node.setting("stillrank.rescore.queue_size", "1");
    try {
      String said =
          bench(
              "load --window 5 --clients 1,4 --seconds 0.6 --warm-up 0 --settle 0.2",
              "--out",
              out.toString());
      assertThat(said).contains("demo: 42 queries, 210 documents, window 5, 0.6 s a point");
    } finally {
      node.setting("stillrank.*", "null");
    }
    JsonNode load = Node.JSON.readTree(Files.readString(out.resolve("load.json")));
    assertThat(load.at("/idle/found").asInt()).isPositive();
    assertThat(load.path("series").valueStream().map(each -> each.path("name").asString()))
        .containsExactly("BM25", "rescore clause, base", "cross_encoder retriever, base");
    for (JsonNode series : load.path("series")) {
      boolean reranks = !series.path("name").asString().equals("BM25");
      for (JsonNode point : series.path("points")) {
        String as = series.path("name") + ": " + point;
        boolean crowded = reranks && point.path("clients").asInt() == 4;
        JsonNode searches = point.path("searches");
        assertThat(searches.path("found").asInt()).as(as).isPositive();
        assertThat(searches.path("failed").asInt() + searches.path("lost").asInt()).as(as).isZero();
        // One window at a time, and one more that waits.
        assertThat(searches.path("refused").asInt() > 0).as(as).isEqualTo(crowded);
        assertThat(point.at("/others/refused").asInt()).as(as).isZero();
        assertThat(point.path("others_p95_to_idle").asDouble()).as(as).isPositive();
        assertThat(point.path("documents_per_second").asDouble() > 0).as(as).isEqualTo(reranks);
        assertThat(point.path("documents_per_second").asDouble())
            .as(as)
            .isLessThanOrEqualTo(5.001 * point.path("searches_per_second").asDouble());
      }
    }
    assertThat(out.resolve("load.html")).content().contains("BM25: latency", "<td>BM25</td>");
    assertThat(node.send("GET", "/stillrank-load-demo", null).status()).isEqualTo(404);
    goodRequestAnswers();
  }

  /** A session that stays open when its file was replaced is still there in the end. */
  @Test
  void aSoakedServerKeepsNothingOpen() throws Exception {
    goodRequestAnswers();
    node.setting("stillrank.score_cache.size", "\"1mb\"");
    BeirCollection demo = BeirCollection.open(SharedFiles.project("distribution/demo"));
    ModelBundle model = ModelBundle.open(Installed.BUNDLE).withId("soaked");
    DeployedModel deployed = new DeployedModel("soaked", server.model("soaked"));
    long process = node.ofFirst("/_nodes/process").at("/process/id").asLong();
    try (ClusterClient client = ClusterClient.at(server.address(), null);
        SearchIndex index =
            SearchIndex.create(client, "soaked", 1, demo.documents(), Progress.silent())) {
      SoakSettings settings = new SoakSettings(0.1, 4, 20, Duration.ofMillis(500), 1);
      Soak soak = new Soak(settings, client, deployed, new ResidentMemory(process), () -> false);
      SoakReport report =
          soak.run(
                  List.of(
                      LoadedSearch.reranked(
                          index, ServedWay.CLAUSE, model, 20, Passages.beginning()),
                      LoadedSearch.reranked(
                          index, ServedWay.RETRIEVER, model, 20, Passages.beginning())),
                  // So few that each comes again before the next reload.
                  demo.allTopics().stream().map(Topic::text).limit(4).toList(),
                  Progress.silent())
              .orElseThrow();
      assertThat(report.open()).isEmpty();
      assertThat(report.left()).isPositive();
      // Each reload opened another file than the one before.
      assertThat(report.reloaded()).hasSizeGreaterThan(1);
      for (int i = 1; i < report.reloaded().size(); i++) {
        assertThat(report.reloaded().get(i)).isNotEqualTo(report.reloaded().get(i - 1));
      }
      assertThat(report.cachedTexts()).isPositive();
      assertThat(report.scoredTexts()).isPositive();
      assertThat(report.parts())
          .isNotEmpty()
          .allMatch(part -> part.residentBytes() > (1 << 28))
          .anyMatch(part -> part.searches().found() > 0)
          .allMatch(part -> part.searches().firstTrouble().isEmpty());
      assertThat(SoakTable.of(report))
          .contains("minute  resident MiB", "clients hung up", " reloads of 2 files");
    } finally {
      node.setting("stillrank.*", "null");
    }
    goodRequestAnswers();
  }

  @Test
  void everyWayToAServerScoresTheSamePairs(@TempDir Path indexes) throws Exception {
    String said =
        bench(
            "latency --queries 1 --depth 4 --rounds 2 --settle .1",
            "--index-home",
            indexes.toString(),
            "--model",
            "again=" + Installed.BUNDLE);
    assertThat(said)
        .contains("demo/test, base: 1 queries, window 4, rounds 2, at most 256 tokens")
        .contains("demo/test, again: 1 queries, window 4, rounds 2, at most 256 tokens");
    for (String way :
        List.of(
            "reranker, ",
            "raw, one padded batch",
            "raw, one pair at a time",
            "rescore clause over HTTP",
            "rescore clause on token ids over HTTP",
            "cross_encoder retriever over HTTP",
            "cross_encoder retriever on token ids over HTTP")) {
      assertThat(said.lines().filter(line -> line.startsWith(way))).as(way).hasSizeBetween(2, 6);
    }
    String difference = "largest difference of any score: ";
    assertThat(said.lines().filter(line -> line.startsWith(difference)))
        .hasSize(2)
        .allMatch(line -> Double.parseDouble(line.substring(difference.length())) < 1e-5);
    assertThat(node.send("GET", "/stillrank-latency", null).status()).isEqualTo(404);
  }

  @Test
  void aModelThatReadsOtherLengthsThereIsRefused() throws Exception {
    ModelBundle model = ModelBundle.open(Installed.BUNDLE);
    ModelBundle shorter = model.withLimits(new PairLimits(128, model.maxQueryLength()));
    try (ClusterClient client = ClusterClient.at(server.address(), null)) {
      ServedModel.requireSame(client, model);
      assertThatThrownBy(() -> ServedModel.requireSame(client, shorter))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "node \\[.+] has a model \\[base] that reads at most \\[256] tokens of a pair, and the"
                  + " one in \\[.+] reads \\[128]; copy the folder there and reload it");
    }
  }

  /** Runs a command on the demo collection with this server. */
  private static String bench(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench"));
    arguments.addAll(Arrays.asList(command.split(" ")));
    arguments.addAll(List.of("--elasticsearch", node.address().toString()));
    arguments.addAll(List.of("--data", SharedFiles.project("distribution/demo").toString()));
    arguments.addAll(List.of("--model", Installed.BUNDLE.toString()));
    arguments.addAll(Arrays.asList(more));
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    assertThat(line.execute(arguments.toArray(String[]::new))).as(said::toString).isZero();
    return said.toString();
  }

  private static void goodRequestAnswers() throws Exception {
    Node.Answer good = node.send("POST", "/texts/_search", Installed.clause(""));
    assertThat(good.status()).as(good.body()::toString).isEqualTo(200);
    assertThat(good.ids().getFirst()).isEqualTo("0");
  }
}
