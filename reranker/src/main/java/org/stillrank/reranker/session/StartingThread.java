/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A thread that does what the calling one cannot, and is gone when the call is over. */
public final class StartingThread {
  private StartingThread() {}

  /**
   * Does something on such a thread and waits for its end; an interrupt meanwhile is kept for the
   * caller. What the work throws comes out here and nowhere else: a server may take an error that
   * ends a thread for its own end.
   */
  public static <T> T run(Thread.Builder.OfPlatform builder, Supplier<T> work) {
    FutureTask<T> outcome = new FutureTask<>(work::get);
    Thread thread = builder.start(outcome);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (outcome.state() == FutureTask.State.SUCCESS) {
      return outcome.resultNow();
    }
    switch (outcome.exceptionNow()) {
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable failure -> throw new IllegalStateException(failure);
    }
  }
}
