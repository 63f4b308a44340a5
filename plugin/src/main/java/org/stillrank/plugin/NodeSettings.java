/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.util.List;
import java.util.function.Function;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Setting.Property;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.unit.RelativeByteSizeValue;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.monitor.jvm.JvmInfo;
import org.elasticsearch.monitor.os.OsProbe;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.model.ModelId;
import org.stillrank.plugin.rescore.RescorePolicy;
import org.stillrank.reranker.scoring.Niceness;
import org.stillrank.reranker.scoring.Schedule;

/** The settings {@code stillrank.*} of a node. */
final class NodeSettings {
  /** Of {@link #NICENESS}, by measurement. */
  private static final int USUAL_NICENESS = 10;

  /** Search threads that may be reranking, as a share of the pool. */
  static final Setting<Double> SEARCH_THREAD_SHARE =
      Setting.doubleSetting(
          "stillrank.rescore.search_thread_share",
          0.5,
          0.01,
          1.0,
          Property.NodeScope,
          Property.Dynamic);

  /** Searches that may wait for one of these threads. */
  static final Setting<Integer> QUEUE_SIZE =
      Setting.intSetting(
          "stillrank.rescore.queue_size", 100, 0, Property.NodeScope, Property.Dynamic);

  /** For clauses without a timeout; -1 for none. */
  static final Setting<TimeValue> TIMEOUT =
      new Setting<>(
          RescorePolicy.TIMEOUT, "-1", NodeSettings::timeout, Property.NodeScope, Property.Dynamic);

  /** Of all pairs that one shard's window is made into. */
  static final Setting<Long> MAX_TOKENS =
      Setting.longSetting(
          RescorePolicy.MAX_TOKENS, 500_000, 1, Property.NodeScope, Property.Dynamic);

  /** Heap for scores that were computed before; 0 keeps none. */
  static final Setting<ByteSizeValue> SCORE_CACHE_SIZE =
      Setting.memorySizeSetting(
          "stillrank.score_cache.size", "1%", Property.NodeScope, Property.Dynamic);

  /** Native memory for models; a share is one of what the heap leaves of the machine. */
  static final Setting<RelativeByteSizeValue> NATIVE_MEMORY_LIMIT =
      new Setting<>(
          NativeMemory.LIMIT,
          // The server gives its heap up to half of the memory, and its own buffers up to half of
          // that. What is then left, a quarter at least, is halved between models and the file
          // cache, out of which Lucene reads its index.
          "25%",
          text -> RelativeByteSizeValue.parseRelativeByteSizeValue(text, NativeMemory.LIMIT),
          Property.NodeScope,
          Property.Dynamic);

  /** Threads of the runtime inside each worker; one is the fastest where it was measured. */
  static final Setting<Integer> THREADS_PER_WORKER =
      Setting.intSetting("stillrank.model.threads_per_worker", 1, 1, 1024, Property.NodeScope);

  /** Batches that one model scores at the same time; by default they have all processors. */
  static final Setting<Integer> WORKERS =
      new Setting<>(
          "stillrank.model.workers",
          settings ->
              Integer.toString(
                  Math.max(
                      1,
                      EsExecutors.allocatedProcessors(settings)
                          / THREADS_PER_WORKER.get(settings))),
          text -> Setting.parseInt(text, 1, 1024, "stillrank.model.workers"),
          Property.NodeScope);

  /** The most tokens of a batch, padding counted. */
  static final Setting<Integer> TOKENS_PER_BATCH =
      Setting.intSetting(
          "stillrank.model.tokens_per_batch", Schedule.SMALL_BATCH, 1, Property.NodeScope);

  /** How far the threads that compute step back behind the server's own. */
  static final Setting<Integer> NICENESS =
      new Setting<>(
          "stillrank.model.niceness",
          Integer.toString(Niceness.isSupported() ? USUAL_NICENESS : 0),
          NodeSettings::niceness,
          Property.NodeScope);

  /** Models that are loaded when the node starts, so that no search waits for them. */
  static final Setting<List<String>> PRELOAD =
      Setting.listSetting(
          "stillrank.model.preload",
          List.of(),
          (Function<String, String>) NodeSettings::modelId,
          Property.NodeScope);

  private NodeSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        SEARCH_THREAD_SHARE,
        QUEUE_SIZE,
        TIMEOUT,
        MAX_TOKENS,
        SCORE_CACHE_SIZE,
        NATIVE_MEMORY_LIMIT,
        WORKERS,
        THREADS_PER_WORKER,
        TOKENS_PER_BATCH,
        NICENESS,
        PRELOAD);
  }

  static Schedule schedule(Settings settings) {
    return new Schedule(
        WORKERS.get(settings),
        THREADS_PER_WORKER.get(settings),
        TOKENS_PER_BATCH.get(settings),
        new Niceness(NICENESS.get(settings)));
  }

  /** On this machine, as {@link NativeMemory} has it. */
  static long nativeMemory(RelativeByteSizeValue limit) {
    return nativeMemory(
        limit,
        OsProbe.getInstance().getAdjustedTotalMemorySize(),
        JvmInfo.jvmInfo().getMem().getHeapMax().getBytes());
  }

  /**
   * @param machine bytes of memory; 0 where the system does not tell, and a share is without limit
   */
  static long nativeMemory(RelativeByteSizeValue limit, long machine, long heap) {
    if (!limit.isAbsolute() && machine == 0) {
      return NativeMemory.UNLIMITED;
    }
    ByteSizeValue outside = ByteSizeValue.ofBytes(Math.max(0, machine - heap));
    return limit.calculateValue(outside, null).getBytes();
  }

  private static TimeValue timeout(String text) {
    TimeValue timeout = TimeValue.parseTimeValue(text, RescorePolicy.TIMEOUT);
    if (timeout.nanos() == 0 || timeout.nanos() < 0 && !timeout.equals(TimeValue.MINUS_ONE)) {
      throw new IllegalArgumentException(
          "[stillrank.rescore.timeout] is [" + text + "]; give more than 0, or -1 for none");
    }
    return timeout;
  }

  private static int niceness(String text) {
    int niceness = Setting.parseInt(text, 0, Niceness.HIGHEST, "stillrank.model.niceness");
    if (niceness > 0 && !Niceness.isSupported()) {
      throw new IllegalArgumentException(
          "[stillrank.model.niceness] is ["
              + text
              + "], which takes Linux and Java 22 or newer; leave it out or give 0");
    }
    return niceness;
  }

  private static String modelId(String id) {
    if (!ModelId.isValid(id)) {
      throw new IllegalArgumentException(
          "[stillrank.model.preload] names [" + id + "]; " + ModelId.RULE);
    }
    return id;
  }
}
