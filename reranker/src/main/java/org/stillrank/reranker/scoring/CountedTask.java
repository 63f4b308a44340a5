/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one worker does of a call. It is counted once, by the worker that has done it or by the
 * caller who takes it back: one that was never handed over, for no thread could be started, has no
 * worker.
 */
final class CountedTask implements Runnable {
  private final Runnable work;
  private final CountDownLatch done;
  private final AtomicBoolean taken = new AtomicBoolean();

  CountedTask(Runnable work, CountDownLatch done) {
    this.work = work;
    this.done = done;
  }

  @Override
  public void run() {
    if (taken.compareAndSet(false, true)) {
      try {
        work.run();
      } finally {
        done.countDown();
      }
    }
  }

  /** Unless a worker has begun it, nobody will. */
  void takeBack() {
    if (taken.compareAndSet(false, true)) {
      done.countDown();
    }
  }
}
