/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.util.concurrent.CountDownLatch;
import org.stillrank.trainer.training.StopRequest;

/**
 * Turns SIGINT and SIGTERM into a request to stop, and keeps the process alive until the work it
 * was opened around has ended. Use it in a try block.
 */
final class SignalledStop implements StopRequest, AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "stop");
  private volatile boolean pending;

  SignalledStop() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait() {
    pending = true;
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean pending() {
    return pending;
  }

  @Override
  public void close() {
    ended.countDown();
    if (!pending) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came in between; the hook ends by itself.
        pending = true;
      }
    }
  }
}
