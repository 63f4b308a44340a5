/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.load.Answer;
import org.stillrank.bench.load.LoadPoint;
import org.stillrank.bench.load.LoadSettings;
import org.stillrank.bench.load.Outcomes;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.SearchBody;
import org.stillrank.distribution.cluster.SearchIndex;
import tools.jackson.databind.json.JsonMapper;

/** Clients of a server that answers as each query says. */
class LoadRunTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  /** To others none comes. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "fine",
          answer(
              200,
              "{\"_shards\": {\"failed\": 0}, \"hits\": {\"total\": {\"value\": 70}, \"hits\": []}}"),
          "good",
          answer(
              200,
              "{\"_shards\": {\"failed\": 0}, \"hits\": {\"total\": {\"value\": 70}, \"hits\": []}}"),
          "part",
          answer(
              200,
              "{\"_shards\": {\"failed\": 1, \"failures\": [{\"reason\": {\"reason\": \"half\"}}]}}"),
          "busy",
          answer(429, "{\"error\": {\"reason\": \"no room\"}}"),
          "broken",
          answer(500, "{\"error\": {\"reason\": \"a fault\"}}"));

  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;
  private Thread accepting;
  private ClusterClient client;
  private LoadedSearch search;

  /** The JDK's HTTP server is no portable API; this one takes one request a connection. */
  @BeforeEach
  void aServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().start(this::accept);
    client = ClusterClient.at(URI.create("http://127.0.0.1:" + server.getLocalPort()), null);
    SearchIndex index = SearchIndex.create(client, "index", 1, List.of(), Progress.silent());
    search = new LoadedSearch("kind", index, query -> SearchBody.bm25(query, 10), 50);
  }

  @AfterEach
  void stop() throws IOException {
    ended.countDown();
    client.close();
    server.close();
    threads.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String head = head(connection.getInputStream());
      Matcher length = LENGTH.matcher(head);
      byte[] body =
          connection
              .getInputStream()
              .readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
      String query =
          head.contains("/_search")
              ? JsonMapper.shared().readTree(body).at("/query/multi_match/query").asString()
              : "fine";
      if (query.startsWith("hang")) {
        hanging.countDown();
        ended.await();
      }
      String answer = ANSWERS.get(query);
      if (answer != null) {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The client went away; what it makes of that is what is tested.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException(head.toString());
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String answer(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " x\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  @Test
  void everyAnswerHasItsKind() throws IOException, InterruptedException {
    assertThat(answer("fine")).isEqualTo(new Answer.Found(50));
    assertThat(answer("busy")).isEqualTo(new Answer.Refused());
    assertThat(answer("broken"))
        .isInstanceOfSatisfying(
            Answer.Failed.class, failed -> assertThat(failed.why()).contains("[500]: a fault"));
    assertThat(answer("part"))
        .isInstanceOfSatisfying(
            Answer.Failed.class, failed -> assertThat(failed.why()).contains("half"));
    assertThat(answer("gone")).isInstanceOf(Answer.Lost.class);
    server.close();
    accepting.join();
    assertThat(answer("fine")).isInstanceOf(Answer.Lost.class);
  }

  private Answer answer(String query) {
    return search.ask(query).answer();
  }

  @Test
  void whatIsAskedIsCounted() throws InterruptedException {
    List<String> queries = List.of("fine", "busy", "broken", "gone");
    LoadRun.Measured measured =
        run(queries, new LoadSettings(List.of(1, 3), 1, 0, 0, 50, 1), false);
    assertThat(measured.series()).hasSize(1);
    assertThat(measured.series().getFirst().points())
        .extracting(LoadPoint::clients)
        .containsExactly(1, 3);
    for (LoadPoint point : measured.series().getFirst().points()) {
      Outcomes outcomes = point.searches().outcomes();
      // One client asks all four before it asks one again; three do so together.
      List<Long> counts =
          Stream.of(outcomes.found(), outcomes.refused(), outcomes.failed(), outcomes.lost())
              .sorted()
              .toList();
      assertThat(counts.getLast() - counts.getFirst()).as(counts::toString).isLessThan(2);
      assertThat(counts.getLast()).isPositive();
      assertThat(point.searches().latencies().sorted()).hasSize((int) outcomes.found());
      assertThat(outcomes.firstTrouble()).isPresent();
    }
  }

  @Test
  void whatIsAskedToSettleIsNotCounted() throws InterruptedException {
    AtomicLong asked = new AtomicLong();
    LoadedSearch counting =
        new LoadedSearch(
            "counting",
            search.index(),
            query -> {
              asked.incrementAndGet();
              return SearchBody.bm25(query, 10);
            },
            50);
    LoadSettings settings = new LoadSettings(List.of(1), .2, 0, 2, 50, 1);
    LoadRun.Measured measured =
        new LoadRun(settings, List.of("fine", "good"), search, () -> false)
            .run(List.of(counting), Progress.silent());
    long counted = measured.series().getFirst().points().getFirst().searches().outcomes().found();
    assertThat(counted).isPositive();
    assertThat(asked.get()).isGreaterThan(2 * counted);
  }

  @Test
  void aStopLeavesOutWhatIsNotMeasuredToItsEnd() throws InterruptedException {
    LoadSettings settings = new LoadSettings(List.of(2), 3600, 0, 0, 50, 1);
    LoadRun.Measured measured = run(List.of("hang 1", "hang 2", "hang 3"), settings, true);
    assertThat(measured.series()).isEmpty();
    assertThat(measured.idle().latencies().sorted()).isEmpty();
  }

  /** Stops never, or as soon as a search hangs. */
  private LoadRun.Measured run(List<String> queries, LoadSettings settings, boolean stops)
      throws InterruptedException {
    return new LoadRun(settings, queries, search, () -> stops && hanging.getCount() == 0)
        .run(List.of(search), Progress.silent());
  }
}
