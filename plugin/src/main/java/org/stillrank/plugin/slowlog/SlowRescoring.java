/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.slowlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.logging.Level;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.scoring.Scored;

/**
 * The reranking of one shard's window, told when it took too long. Fields that the server's own
 * slow log has are called as there.
 */
public final class SlowRescoring {
  private static final String SERVERS = "elasticsearch.slowlog.";
  private static final String OURS = "stillrank.";

  private final long start = System.nanoTime();
  private final IndexSettings index;
  private final int shard;
  private final String model;
  private final int documents;
  private final @Nullable String opaqueId;
  private final SlowLog log;

  /**
   * Begins now.
   *
   * @param documents of the window
   * @param opaqueId what the client calls the search; null when it does not say
   */
  public SlowRescoring(
      IndexSettings index,
      int shard,
      String model,
      int documents,
      @Nullable String opaqueId,
      SlowLog log) {
    this.index = index;
    this.shard = shard;
    this.model = model;
    this.documents = documents;
    this.opaqueId = opaqueId;
    this.log = log;
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
    Level level = SlowLogThreshold.level(index, took);
    if (level == null) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(SERVERS + "message", new ShardId(index.getIndex(), shard));
    fields.put(SERVERS + "took", TimeValue.timeValueNanos(took).toString());
    fields.put(SERVERS + "took_millis", millis(took));
    if (opaqueId != null) {
      fields.put(SERVERS + "id", opaqueId);
    }
    fields.put(OURS + "model", model);
    fields.put(OURS + "documents", documents);
    fields.putAll(outcome);
    log.write(level, fields);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
