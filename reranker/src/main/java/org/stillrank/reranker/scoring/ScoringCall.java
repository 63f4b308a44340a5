/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.head.ScoringHead;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * One call's batches, taken by the workers from one queue, while the caller's thread asks whether
 * the scores are still wanted. Nothing of it runs any more when it returns or throws.
 */
final class ScoringCall {
  // A search's deadline is tens of milliseconds; asking costs nothing measurable.
  private static final long CHECK_EVERY_MILLIS = 5;

  private static final long NOT_BEGUN = -1;

  private final long created = System.nanoTime();
  private final ScoringHead head;
  private final List<TokenPair> pairs;
  private final int padId;
  private final List<int[]> batches;
  private final float[] scores;
  private final Termination termination = new Termination();
  private final AtomicLong queueNanos = new AtomicLong(NOT_BEGUN);
  private final AtomicInteger nextBatch = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ScoringCall(ScoringHead head, List<TokenPair> pairs, int padId, List<int[]> batches) {
    this.head = head;
    this.pairs = pairs;
    this.padId = padId;
    this.batches = batches;
    this.scores = new float[pairs.size()];
  }

  float[] run(Workers workers, Cancellation cancellation) {
    int helpers = Math.min(workers.count(), batches.size());
    CountDownLatch done = new CountDownLatch(helpers);
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < helpers; i++) {
      tasks.add(() -> workers.withInputs(inputs -> drain(workers, inputs), done::countDown));
    }
    try {
      tasks.forEach(workers::execute);
      while (!done.await(CHECK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.check();
      }
    } catch (InterruptedException e) {
      stop(workers, tasks, done);
      Thread.currentThread().interrupt();
      CancellationException interrupted =
          new CancellationException("interrupted while scoring [" + pairs.size() + "] passages");
      interrupted.initCause(e);
      throw interrupted;
    } catch (RuntimeException | Error e) {
      stop(workers, tasks, done);
      throw e;
    }
    rethrow(failure.get());
    return scores;
  }

  /** Until a worker began with its first batch; 0 when none has. */
  long queueNanos() {
    return Math.max(0, queueNanos.get());
  }

  private void drain(Workers workers, TokenInputs inputs) {
    queueNanos.compareAndSet(NOT_BEGUN, System.nanoTime() - created);
    try {
      workers.niceness().applyToThisThread();
      int batch;
      while (!termination.requested() && (batch = nextBatch.getAndIncrement()) < batches.size()) {
        score(batches.get(batch), inputs);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      termination.terminate();
    }
  }

  private void score(int[] batch, TokenInputs inputs) {
    List<TokenPair> rows = new ArrayList<>(batch.length);
    for (int index : batch) {
      rows.add(pairs.get(index));
    }
    float[] logits = head.logits(inputs.fill(rows, padId), termination);
    for (int row = 0; row < batch.length; row++) {
      scores[batch[row]] = logits[row];
    }
  }

  /** Ends what runs and waits for it: the caller may close the model next. */
  private void stop(Workers workers, List<Runnable> tasks, CountDownLatch done) {
    termination.terminate();
    for (Runnable task : tasks) {
      if (workers.remove(task)) {
        done.countDown();
      }
    }
    boolean interrupted = false;
    while (done.getCount() > 0) {
      try {
        done.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
