/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.stillrank.distribution.server.Installed.QUERY;
import static org.stillrank.distribution.server.Installed.TEXTS;
import static org.stillrank.distribution.server.Installed.clause;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.testing.LinuxThreads;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installed plugin in a server process of its own, entitlements enforced, over HTTP. */
class OneNodeTest {
  private static final List<String> LONG = Installed.longTexts(100, 60);
  private static final String CAN_STEP_BACK = "org.stillrank.reranker.scoring.Niceness#isSupported";
  private static final List<String> OPTIONS =
      List.of(
          "model",
          "query",
          "fields",
          "show_passages",
          "score_mode",
          "query_weight",
          "rescore_query_weight",
          "timeout",
          "on_failure",
          "Model",
          "");
  private static LocalServer server;
  private static Node node;

  @BeforeAll
  static void aServerWithGoodAndBadModels(@TempDir Path folder) throws Exception {
    Path models = SharedFiles.project("reranker/src/test/resources/models");
    Path corrupt = Files.createDirectory(folder.resolve("corrupt"));
    Path half = Files.createDirectory(folder.resolve("half"));
    for (String file : List.of("bundle.json", "tokenizer.json", "model.int8.onnx")) {
      byte[] bytes = Files.readAllBytes(Installed.BUNDLE.resolve(file));
      Files.write(
          half.resolve(file),
          file.endsWith("onnx") ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
      if (file.endsWith("onnx")) {
        bytes[bytes.length / 2] ^= 1;
      }
      Files.write(corrupt.resolve(file), bytes);
    }
    server =
        Installed.server(
            Map.of(
                "base",
                Installed.BUNDLE,
                "again",
                Installed.BUNDLE,
                "corrupt",
                corrupt,
                "half",
                half,
                "headless",
                models.resolve("bert-without-head")),
            Installed.narrow());
    node = new Node(server.address());
    node.index("texts", 1, TEXTS);
    node.index("long", 1, LONG);
  }

  @AfterAll
  static void nothingIsLeft() throws IOException {
    Path folder = server.folder();
    assertThat(ProcessHandle.allProcesses().filter(each -> isIn(folder, each))).isNotEmpty();
    server.done();
    server.close();
    assertThat(ProcessHandle.allProcesses().filter(each -> isIn(folder, each))).isEmpty();
    assertThat(folder).doesNotExist();
  }

  private static boolean isIn(Path folder, ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theClauseGivesTheRerankersScoresAndOrder(int shards) throws Exception {
    String index = "texts-" + shards;
    node.index(index, shards, TEXTS);
    // Half of the search threads may rerank, on two cores two; more shards take turns.
    Node.Answer answer = node.send("POST", "/" + index + "/_search", clause(""));
    double[] expected = Installed.scores(QUERY, TEXTS);
    assertThat(answer.body().path("_shards").path("failed").asInt())
        .as(answer.body()::toString)
        .isZero();
    assertThat(answer.ids()).isEqualTo(Installed.ranked(expected));
    for (int i = 0; i < TEXTS.size(); i++) {
      int id = Integer.parseInt(answer.ids().get(i));
      assertThat(answer.scores().get(i)).isCloseTo(expected[id], within(1e-5));
    }
    assertThat(answer.ids().getFirst()).isEqualTo("0");
  }

  /** So a weight that bench tune finds for a server's first stage is the clause's. */
  @ParameterizedTest
  @EnumSource
  void theClausesTotalIsTheBenchs(ClauseTotal.Mode mode) throws Exception {
    String query = "{\"match\": {\"text\": \"the ice of bread freezes\"}}";
    Node.Answer bm25 = node.send("POST", "/texts/_search", "{\"query\": " + query + "}");
    Node.Answer total =
        node.send(
            "POST",
            "/texts/_search",
            clause(", \"score_mode\": \"" + mode.spelled() + "\", \"query_weight\": 0.3")
                .replace("{\"match_all\": {}}", query));
    assertThat(bm25.ids()).hasSizeGreaterThan(2);
    List<String> texts = bm25.ids().stream().map(Integer::parseInt).map(TEXTS::get).toList();
    double[] logits =
        Arrays.stream(Installed.scores(QUERY, texts)).map(RelevanceScale::logitOf).toArray();
    double[] first = bm25.scores().stream().mapToDouble(Double::doubleValue).toArray();
    double[] totals = new ClauseTotal(mode, 0.3).of(logits, first);
    for (int i = 0; i < texts.size(); i++) {
      double score = total.scores().get(total.ids().indexOf(bm25.ids().get(i)));
      assertThat(mode == ClauseTotal.Mode.TOTAL ? score : RelevanceScale.logitOf(score))
          .isCloseTo(totals[i], within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"cross_encoder": {"model": "absent", "query": "q", "fields": ["text"]}} | model [absent] cannot be used: there is no model [absent] on this node; put its folder in [
          {"cross_encoder": {"model": "../base", "query": "q", "fields": ["text"]}} | [cross_encoder] [model] is [../base]; a model is named by
          {"cross_encoder": {"model": "corrupt", "query": "q", "fields": ["text"]}} | model [corrupt] cannot be used: [ … /models/corrupt/model.int8.onnx] has SHA-256 [ … ] where bundle.json says [ … ]: it is corrupt or was replaced; copy the bundle again
          {"cross_encoder": {"model": "half", "query": "q", "fields": ["text"]}} | model [half] cannot be used: [ … /models/half/model.int8.onnx] has [ … ] bytes where bundle.json says [ … ]: it was truncated or replaced; copy the bundle again
          {"cross_encoder": {"model": "headless", "query": "q", "fields": ["text"]}} | model [headless] cannot be used: the model [ … /models/headless/model.onnx] has no scoring head: to [3] pairs its output [last_hidden_state] answers [ … ] where [n, 1], [n, 2] or [n] is a score; export the sequence-classification model with one label, not the encoder
          {"cross_encoder": {"model": "base", "query": "q", "fields": ["text"], "depth": 3}} | [cross_encoder] unknown option [depth]; the options are [model, query, fields,
          {"cross_encoder": {"model": "base", "query": 3, "fields": ["text"]}} | [cross_encoder] [query] is the number [3]; give a text
          {"cross_encoder": {"model": "base", "query": "", "fields": ["text"]}} | [cross_encoder] [query] is empty; give the text that passages are scored against
          {"cross_encoder": {"model": "base", "query": "q", "fields": []}} | [cross_encoder] [fields] is missing or empty; name the fields whose text is scored
          {"cross_encoder": {"model": "base", "query": "q", "fields": ["text"], "query_weight": -1}} | [cross_encoder] [query_weight] is [-1]; give one from 0 to 3.4e38
          {"cross_encoder": {"model": "base", "query": "q", "fields": ["text"], "timeout": "soon"}} | [cross_encoder] [timeout] is [soon]; give a time such as 500ms
          {"window_size": 5, "cross_encoder": {"model": "base", "query": "q", "fields": ["text"]}} | [cross_encoder] window_size [5] is below from + size [10]
          {"window_size": 20000, "cross_encoder": {"model": "base", "query": "q", "fields": ["text"]}} | Rescore window [20000] is too large
          [{"window_size": 10, "cross_encoder": {"model": "base", "query": "q", "fields": ["text"]}}, {"window_size": 20, "query": {"rescore_query": {"match_all": {}}}}] | a rescorer after [cross_encoder] has window_size [20], but only [10] hits are left to it; make it at most [10]
          """)
  void badInputIsNamedAndTheNextGoodRequestAnswers(String rescore, String message)
      throws Exception {
    Node.Answer refused =
        node.send(
            "POST",
            "/texts/_search",
            "{\"query\": {\"match_all\": {}}, \"rescore\": " + rescore + "}");
    assertThat(refused.status()).as(refused.body()::toString).isEqualTo(400);
    // What only this machine knows, folders and hashes, is left open.
    assertThat(refused.reason()).containsSubsequence(message.split(" … "));
    goodRequestAnswers();
  }

  @Test
  void aSortOtherThanScoreIsRefused() throws Exception {
    String sorted = clause("").replaceFirst("\\{", "{\"sort\": [{\"_doc\": \"asc\"}], ");
    Node.Answer refused = node.send("POST", "/texts/_search", sorted);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).contains("Cannot use [sort] option in conjunction with [rescore]");
    goodRequestAnswers();
  }

  @Test
  void textsOfAnyKindAreScored() throws Exception {
    node.index(
        "kinds", 1, List.of("", "bread ".repeat(170_000), "\u0000\ud83c\udf5e", TEXTS.get(0)));
    Node.Answer answer = node.send("POST", "/kinds/_search?_source=false", clause(""));
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    assertThat(answer.ids()).hasSize(4).endsWith("0");
    assertThat(answer.scores().get(3)).isZero();
    Node.Answer nowhere =
        node.send("POST", "/texts/_search", clause("").replace("[\"text\"]", "[\"nowhere\"]"));
    assertThat(nowhere.status()).isEqualTo(200);
    assertThat(nowhere.ids()).hasSize(TEXTS.size());
    assertThat(nowhere.scores()).containsOnly(0.0);
    goodRequestAnswers();
  }

  @Test
  void twoThousandRandomClausesAreRefusedByName() throws Exception {
    List<String> own = List.of("passages", "tokens", "without_tokens");
    refusedByName(
        2000,
        Stream.concat(OPTIONS.stream(), own.stream()).toList(),
        List.of(),
        "\"query\": {\"match_none\": {}}, \"rescore\": {\"window_size\": 10, \"cross_encoder\": %s}");
  }

  @Test
  void aThousandRandomRetrieversAreRefusedByName() throws Exception {
    List<String> own =
        List.of(
            "retriever", "rank_window_size", "min_score", "filter", "_name", "passages", "tokens");
    refusedByName(
        1000,
        Stream.concat(OPTIONS.stream(), own.stream()).toList(),
        List.of(new RandomOption("retriever", "{\"standard\": {\"query\": {\"match_none\": {}}}}")),
        "\"retriever\": {\"cross_encoder\": %s}");
  }

  /** With one thing changed at random it is refused by name, or it is a good one. */
  private static void refusedByName(
      int times, List<String> names, List<RandomOption> more, String search) throws Exception {
    Random random = new Random(7);
    List<RandomOption> good =
        Stream.concat(
                Stream.of(
                    new RandomOption("model", "\"base\""),
                    new RandomOption("query", "\"q\""),
                    new RandomOption("fields", "[\"text\"]")),
                more.stream())
            .toList();
    int refused = 0;
    for (int i = 0; i < times; i++) {
      RandomOption option = RandomOption.of(names, random);
      String body = "{" + String.format(Locale.ROOT, search, option.beside(good)) + "}";
      Node.Answer answer = node.send("POST", "/texts/_search", body);
      assertThat(answer.status()).as(body + answer.body()).isIn(200, 400);
      if (answer.status() == 400) {
        refused++;
        // What fails in a retriever's search is attached to what the server says of it.
        String attached = answer.body().path("error").path("suppressed").toString();
        assertThat(answer.reason() + attached).as(body).contains(option.name());
      }
    }
    assertThat(refused).isGreaterThan(times / 2);
    goodRequestAnswers();
  }

  @Test
  void aClausesOwnTimeEndsIt() throws Exception {
    warm();
    String hundred =
        clause(", \"timeout\": \"50ms\"").replace("\"window_size\": 10", "\"window_size\": 100");
    Node.Answer failed = node.send("POST", "/long/_search?_source=false", hundred);
    assertThat(failed.status()).as(failed.body()::toString).isEqualTo(408);
    assertThat(failed.reason()).contains("took longer than [timeout] of [50ms]");

    Node.Answer kept =
        node.send(
            "POST",
            "/long/_search?_source=false",
            hundred.replace("\"50ms\"", "\"50ms\", \"on_failure\": \"first_stage\""));
    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.scores()).hasSize(10).containsOnly(-0.5);
    assertThat(kept.warnings()).anyMatch(each -> each.contains("hits are in first-stage order"));
    goodRequestAnswers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"size\": 0, \"aggs\": {\"best\": {\"top_hits\": {\"size\": 1}}}, "})
  void aCancelledSearchAndAClientThatWentAwayFreeTheirThread(String hits) throws Exception {
    warm();
    int before = failures().path("cancelled").asInt();
    giveUp(
        clause("")
            .replace("\"window_size\": 10", "\"window_size\": 100")
            .replaceFirst("\\{", "{" + hits),
        OneNodeTest::awaitReranking);
    assertThat(failures().path("cancelled").asInt()).as(failures()::toString).isEqualTo(before + 2);
    goodRequestAnswers();
  }

  @Test
  void aRetrieversSearchThatIsGivenUpEndsItsScoring() throws Exception {
    warm();
    int before = failures().path("cancelled").asInt();
    giveUp(Installed.retriever(100, ""), OneNodeTest::awaitRetriever);
    assertThat(failures().path("cancelled").asInt()).as(failures()::toString).isEqualTo(before + 2);
    goodRequestAnswers();
  }

  private interface Await {
    void threads(int count) throws Exception;
  }

  /** Cancels a search while it is scored, and leaves another one, whose threads are then free. */
  private static void giveUp(String body, Await await) throws Exception {
    CompletableFuture<Node.Answer> running =
        CompletableFuture.supplyAsync(() -> unchecked("/long/_search?_source=false", body));
    await.threads(1);
    node.done("POST", "/_tasks/_cancel?actions=indices:data/read/search", "");
    assertThat(running.get().status()).isGreaterThanOrEqualTo(400);
    await.threads(0);

    HttpClient leaving = HttpClient.newHttpClient();
    CompletableFuture<HttpResponse<String>> left =
        leaving.sendAsync(
            HttpRequest.newBuilder(URI.create(node.address() + "/long/_search"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    await.threads(1);
    left.cancel(true);
    leaving.shutdownNow();
    await.threads(0);
  }

  private static void awaitRetriever(int threads) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (node.ofFirst("/_nodes/stats/thread_pool")
            .path("thread_pool")
            .path("stillrank_retriever")
            .path("active")
            .asInt()
        != threads) {
      assertThat(System.nanoTime()).as("[%d] threads at work", threads).isLessThan(end);
    }
  }

  @Test
  void manyRerankingClientsAreRefusedAndOtherSearchesAnswer() throws Exception {
    warm();
    node.setting("stillrank.rescore.queue_size", "4");
    String hundred = clause("").replace("\"window_size\": 10", "\"window_size\": 100");
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Node.Answer>> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        clients.add(
            threads.submit(() -> node.send("POST", "/long/_search?_source=false", hundred)));
      }
      for (int i = 0; i < 20; i++) {
        node.done("POST", "/long/_search?_source=false", "{\"query\": {\"match_all\": {}}}");
      }
      node.done("POST", "/_tasks/_cancel?actions=indices:data/read/search", "");
      for (Future<Node.Answer> each : clients) {
        statuses.add(each.get().status());
      }
    } finally {
      node.setting("stillrank.*", "null");
    }
    assertThat(statuses).contains(429);
    goodRequestAnswers();
  }

  @Test
  void modelsAreListedScoredAndReloaded() throws Exception {
    JsonNode scores =
        node.done(
            "POST",
            "/_stillrank/models/base/_score",
            "{\"query\": \"" + QUERY + "\", \"passages\": [\"" + TEXTS.getFirst() + "\"]}");
    assertThat(scores.path("scores").path(0).path("score").asDouble())
        .isCloseTo(Installed.scores(QUERY, TEXTS)[0], within(1e-5));
    JsonNode model = model(node.done("GET", "/_stillrank/models/base", null), "base");
    assertThat(model.path("state").asString()).isEqualTo("ready");
    assertThat(model.path("max_length").asInt()).isEqualTo(256);
    JsonNode reloaded = node.done("POST", "/_stillrank/models/base/_reload", null);
    assertThat(reloaded.path("_nodes").path("failed").asInt()).isZero();
    goodRequestAnswers();
    JsonNode statistics = model(node.done("GET", "/_stillrank/_stats", null), "base");
    assertThat(statistics.path("requests").asInt()).isPositive();
    assertThat(statistics.path("tokens").asInt())
        .isPositive()
        .isLessThanOrEqualTo(statistics.path("padded_tokens").asInt());
    JsonNode listed = node.done("GET", "/_stillrank/models", null);
    for (String id : List.of("corrupt", "half", "headless", "base")) {
      assertThat(model(listed, id).path("state").asString()).isIn("available", "ready", "failed");
    }
    // A slash at the end makes it no other request.
    JsonNode unloaded = model(node.done("POST", "/_stillrank/models/base/_unload/", ""), "base");
    assertThat(unloaded.path("state").asString()).isEqualTo("available");
    goodRequestAnswers();
    JsonNode counted = model(node.done("GET", "/_stillrank/_stats/", null), "base");
    assertThat(counted.path("requests").asInt()).isPositive();
  }

  @Test
  void settingsChangeWhileTheServerRuns() throws Exception {
    warm();
    String hundred = clause("").replace("\"window_size\": 10", "\"window_size\": 100");
    try {
      node.setting("stillrank.rescore.timeout", "\"10ms\"");
      Node.Answer late = node.send("POST", "/long/_search?_source=false", hundred);
      assertThat(late.status()).isEqualTo(408);
      assertThat(late.reason()).contains("longer than [stillrank.rescore.timeout] of [10ms]");
    } finally {
      node.setting("stillrank.*", "null");
    }
    Node.Answer refused =
        node.send(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\": {\"stillrank.rescore.search_thread_share\": 2}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).contains("stillrank.rescore.search_thread_share");
    goodRequestAnswers();
  }

  @Test
  void furtherPagesComeOutOfTheCacheInTheSameOrder() throws Exception {
    warm();
    String window = clause("").replace("\"window_size\": 10", "\"window_size\": 60");
    String computed = "/long/_search?_source=false&size=60";
    List<String> uncached = node.send("POST", computed, window).ids();
    node.setting("stillrank.score_cache.size", "\"10mb\"");
    try {
      JsonNode before = node.ofFirst("/_stillrank/_stats");
      assertThat(before.path("score_cache").path("entries").asLong()).isZero();
      List<String> pages = new ArrayList<>();
      for (int page = 0; page < 6; page++) {
        String path = "/long/_search?_source=false&size=10&from=" + 10 * page;
        pages.addAll(node.send("POST", path, window).ids());
      }
      assertThat(pages).isEqualTo(uncached);
      JsonNode cache = node.ofFirst("/_stillrank/_stats").path("score_cache");
      assertThat(cache.path("misses").asLong()).isEqualTo(60);
      assertThat(cache.path("hits").asLong()).isEqualTo(5 * 60);
      assertThat(cache.path("entries").asLong()).isEqualTo(60);
      assertThat(cache.path("bytes").asLong()).isBetween(60L * 100, 60L * 1000);
    } finally {
      node.setting("stillrank.*", "null");
    }
  }

  @Test
  void windowsOfLongTextsAreScored() throws Exception {
    String windows = ", \"passages\": {\"length\": 64, \"max\": 2}";
    Node.Answer answer = node.send("POST", "/long/_search?_source=false", clause(windows));
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    double[] expected = Installed.scores(QUERY, LONG, PassageOptions.parse("length=64,max=2"));
    for (int i = 0; i < answer.ids().size(); i++) {
      int id = Integer.parseInt(answer.ids().get(i));
      assertThat(answer.scores().get(i)).isCloseTo(expected[id], within(1e-5));
    }
    Node.Answer refused =
        node.send("POST", "/long/_search", clause(", \"passages\": {\"length\": 1000}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.reason()).contains("[length] is [1000], but of the [", "give [");
  }

  @Test
  void tokensOfTheIndexScoreAsTheTexts() throws Exception {
    node.done(
        "PUT",
        "/tokenised",
        "{\"settings\": {\"number_of_replicas\": 0}, \"mappings\": {\"properties\": {\"text\":"
            + " {\"type\": \"text\"}, \"tokens\": {\"type\": \"passage_tokens\", \"model\":"
            + " \"base\", \"source_fields\": [\"text\"]}}}}");
    node.add("tokenised", null, 0, TEXTS);
    String tokens = clause("").replace("\"fields\": [\"text\"]", "\"tokens\": \"tokens\"");
    Node.Answer answer = node.send("POST", "/tokenised/_search?_source=false", tokens);
    assertThat(answer.status()).as(answer.body()::toString).isEqualTo(200);
    double[] expected = Installed.scores(QUERY, TEXTS);
    assertThat(answer.ids()).isEqualTo(Installed.ranked(expected));
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(answer.scores().get(i))
          .isCloseTo(expected[Integer.parseInt(answer.ids().get(i))], within(1e-5));
    }
  }

  @Test
  void statisticsComeAsTextToo() throws Exception {
    warm();
    HttpResponse<String> table = text("/_cat/stillrank?v&h=node,model,state,documents,failures");
    assertThat(table.body().lines().map(line -> line.trim().split(" +")).toList())
        .contains(new String[] {"node", "model", "state", "documents", "failures"})
        .anyMatch(line -> line[1].equals("base") && line[2].equals("ready"));
    HttpResponse<String> metrics = text("/_stillrank/_metrics");
    assertThat(metrics.headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    // Every line is a comment or a sample, every family has one type, every sample belongs to one.
    List<String> types = metrics.body().lines().filter(line -> line.startsWith("# TYPE ")).toList();
    assertThat(types).doesNotHaveDuplicates().hasSizeGreaterThan(15);
    assertThat(metrics.body().lines())
        .allMatch(line ->
            line.matches("# (HELP|TYPE) stillrank_[a-z_]+ .+")
                || line.matches("stillrank_[a-z_]+\\{([a-z]+=\"[^\"]*\",?)+} [0-9.E-]+"))
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(line ->
            types.stream().anyMatch(type -> type.split(" ")[2].equals(line.split("\\{")[0])))
        .anyMatch(line ->
            line.matches("stillrank_documents_total\\{node=\"n1\",model=\"base\"} [1-9].*"));
  }

  @Test
  void modelsAreInTheServersBreakersAndSlowRerankingsInItsSlowLog() throws Exception {
    warm();
    JsonNode breaker = node.ofFirst("/_nodes/stats/breaker").path("breakers").path("stillrank");
    JsonNode memory = node.ofFirst("/_stillrank/_stats").path("native_memory");
    long used = breaker.path("estimated_size_in_bytes").asLong();
    assertThat(used).isPositive().isEqualTo(memory.path("used").asLong());
    assertThat(breaker.path("limit_size_in_bytes").asLong())
        .isGreaterThan(used)
        .isEqualTo(memory.path("limit").asLong());
    // Other tests may have opened other models.
    for (Map.Entry<String, JsonNode> each :
        node.ofFirst("/_stillrank/models").path("models").properties()) {
      if (each.getValue().path("state").asString().equals("ready")) {
        node.done("POST", "/_stillrank/models/" + each.getKey() + "/_unload", null);
      }
    }
    assertThat(node.ofFirst("/_stillrank/_stats").path("native_memory").path("used").asLong())
        .isZero();

    String threshold = "{\"index.stillrank.rescore.slowlog.threshold.info\": ";
    node.done("PUT", "/texts/_settings", threshold + "\"0ms\"}");
    goodRequestAnswers();
    node.done("PUT", "/texts/_settings", threshold + "null}");
    goodRequestAnswers();
    Path log = server.folder().resolve("work/logs/stillrank_index_search_slowlog.json");
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(1);
    JsonNode line = JsonMapper.shared().readTree(lines.getFirst());
    assertThat(line.path("log.level").asString()).isEqualTo("INFO");
    assertThat(line.path("elasticsearch.slowlog.message").asString()).isEqualTo("[texts][0]");
    assertThat(line.path("stillrank.model").asString()).isEqualTo("base");
  }

  private static HttpResponse<String> text(String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  @Test
  @EnabledIf(value = CAN_STEP_BACK, disabledReason = "it takes Linux and Java 22")
  void whatScoresStepsBack() throws Exception {
    warm();
    assertThat(niceness("stillrank-base")).isNotEmpty().containsOnly(10);
    // A thread that wakes up for others must not wait as they do.
    assertThat(niceness("stillrank-pulse")).isNotEmpty().doesNotContain(10);
  }

  @Test
  @EnabledIf(value = CAN_STEP_BACK, disabledReason = "it takes Linux and Java 22")
  void whatReadsTextsStepsBackToo() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> searches =
          client.submit(() -> {
            while (!enough.get()) {
              node.done("POST", "/long/_search", clause(""));
            }
            return null;
          });
      try {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!searches.isDone() && !niceness("stillrank-read").contains(10)) {
          assertThat(System.nanoTime()).as("a reader within a minute").isLessThan(end);
        }
      } finally {
        enough.set(true);
      }
      searches.get();
    }
    // A thread that one of these starts would be one of them for ever.
    assertThat(niceness("elasticsearch")).isNotEmpty().doesNotContain(10);
  }

  private static List<Integer> niceness(String threads) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (ProcessHandle process :
        ProcessHandle.allProcesses().filter(each -> isIn(server.folder(), each)).toList()) {
      found.addAll(LinuxThreads.niceness(process, threads));
    }
    return found;
  }

  /** Nothing is unpacked into the temporary folder, which may be mounted without execution. */
  @Test
  void nativesAreLoadedFromThePluginsFolder() throws Exception {
    warm();
    try (var files = Files.walk(server.folder().resolve("work/tmp"))) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(name -> name.contains("onnxruntime") || name.contains("tokenizers"));
    }
  }

  private static void warm() throws Exception {
    node.done("POST", "/texts/_search", clause(""));
  }

  private static void goodRequestAnswers() throws Exception {
    Node.Answer good = node.send("POST", "/texts/_search", clause(""));
    assertThat(good.status()).as(good.body()::toString).isEqualTo(200);
    assertThat(good.ids().getFirst()).isEqualTo("0");
    assertThat(good.scores().get(0)).isPositive();
  }

  /** Asks until so many search threads rerank. */
  private static void awaitReranking(int count) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      JsonNode nodes = node.done("GET", "/_stillrank/_stats", null).path("nodes");
      if (nodes.iterator().next().path("reranking").asInt() == count) {
        return;
      }
    }
    throw new AssertionError("there were never " + count + " rerankings");
  }

  private static JsonNode failures() throws Exception {
    return model(node.done("GET", "/_stillrank/_stats", null), "base").path("failures");
  }

  private static JsonNode model(JsonNode answer, String id) {
    return answer.path("nodes").iterator().next().path("models").path(id);
  }

  private static Node.Answer unchecked(String path, String body) {
    try {
      return node.send("POST", path, body);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
