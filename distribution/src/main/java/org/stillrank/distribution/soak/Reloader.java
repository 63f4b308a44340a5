/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.stillrank.distribution.cluster.ClusterClient;

/**
 * Reloads a model again and again, until the time is over or its thread is interrupted.
 *
 * @param end of the time, nanoseconds as {@link System#nanoTime} counts them
 */
record Reloader(ClusterClient client, String model, Duration pause, long end)
    implements Callable<Long> {
  /** How often it reloaded. */
  @Override
  public Long call() throws IOException {
    long reloads = 0;
    try {
      for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(Math.min(rest, pause.toNanos())));
        client.post("/_stillrank/models/" + model + "/_reload", "");
        reloads++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reloads;
  }
}
