/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.session.Termination;

/**
 * Parts of a call that the workers take from one queue, while the caller's thread asks whether they
 * are still wanted. Nothing of it runs any more when it returns or throws.
 */
final class SharedWork {
  // A search's deadline is tens of milliseconds; asking costs nothing measurable.
  private static final long CHECK_EVERY_MILLIS = 5;

  private static final long NOT_BEGUN = -1;

  private final long created = System.nanoTime();
  private final String what;
  private final int parts;
  private final IntConsumer part;
  private final Termination termination;
  private final AtomicLong queueNanos = new AtomicLong(NOT_BEGUN);
  private final AtomicInteger nextPart = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * @param what for messages
   * @param parts how many
   * @param part does one of them; from several threads at a time
   * @param termination is told when the rest is not wanted any more
   */
  SharedWork(String what, int parts, IntConsumer part, Termination termination) {
    this.what = what;
    this.parts = parts;
    this.part = part;
    this.termination = termination;
  }

  /** Returns when all is done; throws what a part threw, or what the cancellation did. */
  void run(Workers workers, Cancellation cancellation) {
    int helpers = Math.min(workers.count(), parts);
    CountDownLatch done = new CountDownLatch(helpers);
    Runnable drain = () -> workers.pulse().during(() -> drain(workers.niceness()));
    List<CountedTask> tasks =
        Stream.generate(() -> new CountedTask(drain, done)).limit(helpers).toList();
    try {
      tasks.forEach(workers::execute);
      while (!done.await(CHECK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.check();
      }
    } catch (InterruptedException e) {
      stop(workers, tasks, done);
      Thread.currentThread().interrupt();
      CancellationException interrupted = new CancellationException("interrupted while " + what);
      interrupted.initCause(e);
      throw interrupted;
    } catch (RuntimeException | Error e) {
      stop(workers, tasks, done);
      throw e;
    }
    rethrow(failure.get());
  }

  /** Until a worker began with the first part; 0 when none has. */
  long queueNanos() {
    return Math.max(0, queueNanos.get());
  }

  private void drain(Niceness niceness) {
    queueNanos.compareAndSet(NOT_BEGUN, System.nanoTime() - created);
    try {
      niceness.applyToThisThread();
      int next;
      while (!termination.requested() && (next = nextPart.getAndIncrement()) < parts) {
        part.accept(next);
        niceness.giveWay();
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      termination.terminate();
    }
  }

  /** Ends what runs and waits for it: the caller may close the model next. */
  private void stop(Workers workers, List<CountedTask> tasks, CountDownLatch done) {
    termination.terminate();
    for (CountedTask task : tasks) {
      task.takeBack();
      workers.remove(task);
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
