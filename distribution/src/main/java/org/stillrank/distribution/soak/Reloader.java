/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.stillrank.distribution.cluster.ClusterClient;
import tools.jackson.databind.JsonNode;

/**
 * Replaces a model's files and reloads it, again and again, until the time is over or its thread is
 * interrupted.
 *
 * @param end of the time, nanoseconds as {@link System#nanoTime} counts them
 */
record Reloader(ClusterClient client, DeployedModel model, Duration pause, long end)
    implements Callable<List<String>> {
  /** SHA-256 of the file that each reload opened. */
  @Override
  public List<String> call() throws IOException {
    List<String> reloaded = new ArrayList<>();
    try {
      for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(Math.min(rest, pause.toNanos())));
        reloaded.add(reload());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reloaded;
  }

  /** A reload that fails is answered with 200 too, and the old model stays. */
  private String reload() throws IOException {
    String file = model.replace();
    JsonNode answer = client.post(model.path() + "/_reload", "");
    JsonNode node = client.get(model.path()).path("nodes").iterator().next();
    String open = node.path("models").path(model.id()).path("sha256").asString("");
    if (!open.equals(file)) {
      throw new IOException(
          "model ["
              + model.id()
              + "] was reloaded and has SHA-256 ["
              + open
              + "] where its file has ["
              + file
              + "]: "
              + answer);
    }
    return open;
  }
}
