/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * How scoring uses a machine.
 *
 * @param workers batches that are scored at the same time
 * @param threadsPerWorker runtime threads inside each of them
 * @param tokensPerBatch the most tokens of a batch, padding counted; a longer pair is a batch alone
 * @param niceness how far these threads step back behind others
 */
public record Schedule(int workers, int threadsPerWorker, int tokensPerBatch, Niceness niceness) {
  /** One long passage, or a few short ones. */
  public static final int SMALL_BATCH = 200;

  public Schedule {
    if (workers < 1 || threadsPerWorker < 1 || tokensPerBatch < 1) {
      throw new InvalidInputException(
          "a schedule of ["
              + workers
              + "] workers with ["
              + threadsPerWorker
              + "] threads and ["
              + tokensPerBatch
              + "] tokens a batch cannot score; each must be at least 1");
    }
  }

  /** Beside others as equals. */
  public Schedule(int workers, int threadsPerWorker, int tokensPerBatch) {
    this(workers, threadsPerWorker, tokensPerBatch, Niceness.NONE);
  }

  /**
   * One single-threaded worker for each processor and small batches: the fastest of the measured
   * schedules ({@code stillrank model bench}), because activations stay in the caches.
   */
  public static Schedule forThisMachine() {
    return new Schedule(Runtime.getRuntime().availableProcessors(), 1, SMALL_BATCH);
  }
}
