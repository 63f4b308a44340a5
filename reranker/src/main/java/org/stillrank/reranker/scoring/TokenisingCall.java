/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.session.Termination;

/**
 * The tokenizer's part of one call: its texts' tokens and passages, made by the workers. They take
 * turns with the model there, so that a model has no more threads than its schedule says.
 */
final class TokenisingCall {
  // What is kept of a text are its passages, so only so many whole ones are in memory at a time.
  private static final int TOKENISED_AT_ONCE = 128;

  private final PassagePlan plan;
  private final Workers workers;
  private final Cancellation cancellation;
  private long queueNanos;

  TokenisingCall(PassagePlan plan, Workers workers, Cancellation cancellation) {
    this.plan = plan;
    this.workers = workers;
    this.cancellation = cancellation;
  }

  /** Adds the texts to the plan, in their order. */
  void run(List<ScoredText> texts) {
    List<ScoredText> together = new ArrayList<>();
    long characters = 0;
    for (ScoredText text : texts) {
      long length = text instanceof ScoredText.Written written ? written.text().length() : 0;
      if (together.size() == TOKENISED_AT_ONCE
          || (!together.isEmpty() && characters + length > ScoredText.MOST_CHARACTERS)) {
        add(together);
        together.clear();
        characters = 0;
      }
      together.add(text);
      characters += length;
    }
    add(together);
  }

  /** Spent waiting for the workers. */
  long queueNanos() {
    return queueNanos;
  }

  private void add(List<ScoredText> texts) {
    PassagePlan.Split[] splits = new PassagePlan.Split[texts.size()];
    SharedWork work =
        new SharedWork(
            "tokenising [" + texts.size() + "] texts",
            splits.length,
            i -> splits[i] = plan.split(texts.get(i)),
            new Termination());
    work.run(workers, cancellation);
    queueNanos += work.queueNanos();
    for (PassagePlan.Split split : splits) {
      plan.add(split);
    }
  }
}
