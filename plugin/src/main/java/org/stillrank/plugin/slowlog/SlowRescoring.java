/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.logging.Level;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.scoring.Scored;

/**
 * The reranking of one window, told when it took too long. Fields that the server's own slow log
 * has are called as there.
 */
public final class SlowRescoring {
  private static final String SERVERS = "elasticsearch.slowlog.";
  private static final String OURS = "stillrank.";

  /** What retrievers have where others name their shard. */
  private static final String RETRIEVER = "[cross_encoder] retriever";

  /**
   * What is reranked.
   *
   * @param documents of it
   * @param opaqueId what the client calls the search; null when it does not say
   */
  public record Window(String model, int documents, @Nullable String opaqueId) {}

  private final long start = System.nanoTime();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Object where;
  private final Window window;
  private final Function<SlowLogThreshold, TimeValue> most;
  private final SlowLog log;

  private SlowRescoring(
      Object where, Window window, Function<SlowLogThreshold, TimeValue> most, SlowLog log) {
    this.where = where;
    this.window = window;
    this.most = most;
    this.log = log;
  }

  /** Of a shard, which begins now. */
  public static SlowRescoring ofShard(IndexSettings index, int shard, Window window, SlowLog log) {
    return new SlowRescoring(
        new ShardId(index.getIndex(), shard),
        window,
        threshold -> index.getValue(threshold.ofIndex()),
        log);
  }

  /** Of a retriever, which begins now. */
  public static SlowRescoring ofRetriever(Window window, SlowRetrievers limits, SlowLog log) {
    return new SlowRescoring(RETRIEVER, window, limits::most, log);
  }

  /** It has its scores. */
  public void ended(Scored scored) {
    Map<String, Object> effort = new LinkedHashMap<>();
    effort.put(OURS + "computed", scored.computed());
    effort.put(OURS + "passages", scored.passages());
    effort.put(OURS + "tokens", scored.tokens());
    effort.put(OURS + "batches", scored.batches());
    effort.put(OURS + "tokenise_millis", millis(scored.tokeniseNanos()));
    effort.put(OURS + "queue_millis", millis(scored.queueNanos()));
    effort.put(OURS + "model_millis", millis(scored.modelNanos() - scored.queueNanos()));
    write(effort);
  }

  /** It has none. */
  public void failed(FailureKind kind) {
    write(Map.of(OURS + "failure", kind.spelled()));
  }

  private void write(Map<String, Object> outcome) {
    long took = System.nanoTime() - start;
    Level level = SlowLogThreshold.level(most, took);
    // Who gave up at its time may still get scores.
    if (level == null || !told.compareAndSet(false, true)) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(SERVERS + "message", where);
    fields.put(SERVERS + "took", TimeValue.timeValueNanos(took).toString());
    fields.put(SERVERS + "took_millis", millis(took));
    if (window.opaqueId() != null) {
      fields.put(SERVERS + "id", window.opaqueId());
    }
    fields.put(OURS + "model", window.model());
    fields.put(OURS + "documents", window.documents());
    fields.putAll(outcome);
    log.write(level, fields);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
