/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps something native alive while threads use it: uses run side by side, the end waits for them,
 * and a use after the end is an error in Java instead of a crash of the process.
 */
public final class Lifetime {
  private final String of;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean ended;

  /** The lifetime of something, named in the error of a late use. */
  public Lifetime(String of) {
    this.of = of;
  }

  /**
   * Uses it.
   *
   * @throws IllegalStateException after the end
   */
  public <T> T during(Supplier<T> use) {
    lock.readLock().lock();
    try {
      if (ended) {
        throw new IllegalStateException(of + " is closed");
      }
      return use.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for all uses and frees it; a second end does nothing. */
  public void end(Runnable free) {
    lock.writeLock().lock();
    try {
      if (!ended) {
        ended = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
