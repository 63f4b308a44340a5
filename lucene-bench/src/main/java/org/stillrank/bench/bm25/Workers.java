/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads for independent pieces of work. When all are busy and a few pieces wait, the submitting
 * thread does the next one itself, so that memory stays bounded. After a failure nothing new is
 * begun and the first one is thrown to the submitter.
 */
final class Workers implements AutoCloseable {
  private static final int WAITING_EACH = 2;

  private final ThreadPoolExecutor threads;
  private final Phaser running = new Phaser(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Workers(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(count * WAITING_EACH),
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** As many as processors, the submitting thread counted. */
  static Workers onAllProcessors() {
    return new Workers(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /** Throws the first failure of earlier work, if any, instead of taking more. */
  void submit(Runnable work) {
    RuntimeException earlier = unchecked();
    if (earlier != null) {
      throw earlier;
    }
    running.register();
    threads.execute(() -> runAndTell(work));
  }

  /** Waits for all work and throws the first failure, if any. */
  void finish() throws IOException {
    running.arriveAndAwaitAdvance();
    try {
      RuntimeException first = unchecked();
      if (first != null) {
        throw first;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Begins nothing more and waits until what runs has ended. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IllegalStateException("closed"));
    threads.close();
  }

  private void runAndTell(Runnable work) {
    try {
      if (failure.get() == null) {
        work.run();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    } finally {
      running.arriveAndDeregister();
    }
  }

  private @Nullable RuntimeException unchecked() {
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    return (RuntimeException) first;
  }
}
