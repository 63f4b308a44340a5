/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import static org.elasticsearch.test.hamcrest.ElasticsearchAssertions.assertNoFailures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.logging.ESLogMessage;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.CheckedConsumer;
import org.elasticsearch.test.MockLog;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.slowlog.ServerSlowLog;

/** What the server's slow log is told of rerankings. */
public class SlowLogTests extends TinyIndexTestCase {
  private static final String THRESHOLD = "index.stillrank.rescore.slowlog.threshold.";

  /** A line as the server's logging got it. */
  private record Line(String level, Map<String, Object> fields) {}

  /** Keeps all lines, and has nothing to say about them. */
  private static final class Lines implements MockLog.LoggingExpectation {
    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void match(LogEvent event) {
      lines.add(
          new Line(
              event.getLevel().name(), Map.copyOf(((ESLogMessage) event.getMessage()).getData())));
    }

    @Override
    public void assertMatched() {}

    @Override
    public void awaitMatched(long millis) {}
  }

  public void testNothingIsToldUnlessAThresholdIsSetAndExceeded() throws Exception {
    assertEquals(List.of(), reranked(""));
    threshold("info", "1h");
    assertEquals(List.of(), reranked(""));
    threshold("info", "0ms");
    assertEquals(1, reranked("").size());
    threshold("info", null);
    assertEquals(List.of(), reranked(""));
  }

  public void testALineHasTheShardTheModelAndWhatItTook() throws Exception {
    threshold("warn", "1h");
    threshold("info", "0ms");
    Line line = reranked("").getFirst();
    assertEquals("INFO", line.level());
    assertEquals("[texts][0]", line.fields().get("elasticsearch.slowlog.message").toString());
    assertEquals("shop 42", line.fields().get("elasticsearch.slowlog.id"));
    assertEquals("tiny", line.fields().get("stillrank.model"));
    assertEquals(2, line.fields().get("stillrank.documents"));
    assertEquals(2, line.fields().get("stillrank.computed"));
    assertEquals(2, line.fields().get("stillrank.passages"));
    assertEquals(
        models().status("tiny").statistics().tokens(), line.fields().get("stillrank.tokens"));
    long took = (long) line.fields().get("elasticsearch.slowlog.took_millis");
    long parts =
        (long) line.fields().get("stillrank.tokenise_millis")
            + (long) line.fields().get("stillrank.queue_millis")
            + (long) line.fields().get("stillrank.model_millis");
    assertTrue(parts + " of " + took, 0 <= parts && parts <= took);
    assertNull(line.fields().get("stillrank.failure"));

    threshold("warn", "0ms");
    Line cached = reranked("").getFirst();
    assertEquals("the gravest level that applies", "WARN", cached.level());
    assertEquals("out of the score cache", 0, cached.fields().get("stillrank.computed"));
  }

  public void testARerankingThatFailedIsToldWithItsKind() throws Exception {
    threshold("warn", "0ms");
    Line line = reranked(", \"timeout\": \"1nanos\", \"on_failure\": \"first_stage\"").getFirst();
    assertEquals("timeout", line.fields().get("stillrank.failure"));
    assertEquals(2, line.fields().get("stillrank.documents"));
    assertNull(line.fields().get("stillrank.tokens"));
  }

  public void testASlowRetrieverIsToldOnce() throws Exception {
    setting("stillrank.retriever.slowlog.threshold.warn", "0ms");
    Line line = retrieved("").getFirst();
    assertEquals("WARN", line.level());
    assertEquals("[cross_encoder] retriever", line.fields().get("elasticsearch.slowlog.message"));
    assertEquals("shop 42", line.fields().get("elasticsearch.slowlog.id"));
    assertEquals("tiny", line.fields().get("stillrank.model"));
    assertEquals(2, line.fields().get("stillrank.documents"));
    List<Line> failed = retrieved(", \"timeout\": \"1nanos\", \"on_failure\": \"first_stage\"");
    assertEquals(1, failed.size());
    assertEquals("timeout", failed.getFirst().fields().get("stillrank.failure"));
    setting("stillrank.retriever.slowlog.threshold.warn", null);
    assertEquals(List.of(), retrieved(""));
  }

  private List<Line> reranked(String options) throws IOException {
    return lines(client -> search(client, options, response -> assertNoFailures(response)));
  }

  private List<Line> retrieved(String options) throws IOException {
    return lines(client -> retrieve(client, options, response -> assertNoFailures(response)));
  }

  private List<Line> lines(CheckedConsumer<Client, IOException> search) throws IOException {
    Lines lines = new Lines();
    try (MockLog log = MockLog.capture(ServerSlowLog.LOGGER)) {
      log.addExpectation(lines);
      search.accept(client().filterWithHeader(Map.of("X-Opaque-Id", "shop 42")));
      log.assertAllExpectationsMatched();
    }
    return lines.lines;
  }

  private void threshold(String level, @Nullable String value) {
    client()
        .admin()
        .indices()
        .prepareUpdateSettings("texts")
        .setSettings(Settings.builder().put(THRESHOLD + level, value))
        .get(SOON);
  }
}
