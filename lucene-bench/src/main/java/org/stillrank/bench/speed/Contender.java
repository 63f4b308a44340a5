/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.List;
import java.util.Locale;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Schedule;

/** One way to score the passages of a query, from text to logits. */
public interface Contender {
  /** What the table calls it. */
  String name();

  /** Logits in the order of the passages, {@code [passages]}. */
  float[] score(String query, List<String> passages);

  /** The product with a schedule. */
  static Contender of(CrossEncoder encoder, Schedule schedule) {
    return named(
        String.format(
            Locale.ROOT,
            "reranker, %d x %d thread(s), %d tokens",
            schedule.workers(),
            schedule.threadsPerWorker(),
            schedule.tokensPerBatch()),
        encoder);
  }

  /** The product under a name. */
  static Contender named(String name, CrossEncoder encoder) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public float[] score(String query, List<String> passages) {
        return encoder.score(query, passages, Cancellation.NONE);
      }
    };
  }
}
