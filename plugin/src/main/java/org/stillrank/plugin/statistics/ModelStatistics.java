/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.statistics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What one model has done on one node since the node started; reloads do not reset it. */
public final class ModelStatistics {
  private final LongAdder requests = new LongAdder();
  private final LongAdder documents = new LongAdder();
  private final LongAdder withoutText = new LongAdder();
  private final LongAdder readNanos = new LongAdder();
  private final LongAdder modelNanos = new LongAdder();
  private final Map<FailureKind, LongAdder> failures =
      Arrays.stream(FailureKind.values())
          .collect(
              Collectors.toMap(
                  kind -> kind,
                  kind -> new LongAdder(),
                  (one, other) -> one,
                  () -> new EnumMap<>(FailureKind.class)));

  /** A window was reranked. */
  public void reranked(int scored, int textless, long nanosReading, long nanosInModel) {
    requests.increment();
    documents.add(scored);
    withoutText.add(textless);
    readNanos.add(nanosReading);
    modelNanos.add(nanosInModel);
  }

  /** A window could not be reranked. */
  public void failed(FailureKind kind) {
    requests.increment();
    LongAdder adder = failures.get(kind);
    if (adder != null) {
      adder.increment();
    }
  }

  /** The numbers of this moment. */
  public Snapshot snapshot() {
    Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    failures.forEach((kind, count) -> counts.put(kind, count.sum()));
    return new Snapshot(
        requests.sum(),
        documents.sum(),
        withoutText.sum(),
        readNanos.sum() / 1_000_000,
        modelNanos.sum() / 1_000_000,
        counts);
  }

  /**
   * @param requests windows of shards, failed ones included
   * @param documents passages scored
   * @param withoutText hits that had no text in any field
   * @param readMillis spent on reading and joining texts
   * @param modelMillis spent on tokenising and in the model
   * @param failures windows that got no scores, by kind
   */
  public record Snapshot(
      long requests,
      long documents,
      long withoutText,
      long readMillis,
      long modelMillis,
      Map<FailureKind, Long> failures) {}
}
