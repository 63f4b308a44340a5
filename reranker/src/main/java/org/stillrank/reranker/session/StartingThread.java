/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

/** A thread that does what the calling one cannot, and is gone when the call is over. */
public final class StartingThread {
  private StartingThread() {}

  /** Starts it and waits for its end; an interrupt meanwhile is kept for the caller. */
  public static void runToItsEnd(Thread thread) {
    thread.start();
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
  }
}
