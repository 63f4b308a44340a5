/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.io.IOException;
import java.util.List;
import org.stillrank.reranker.bundle.ModelBundle;

/** Scores passages against a query. Threads may share one. */
public final class CrossEncoder implements AutoCloseable {
  private CrossEncoder() {}

  /**
   * Opens a model for scoring.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when the model does not score pairs
   * @throws IOException when it cannot be read
   */
  public static CrossEncoder open(ModelBundle bundle, ScoringOptions options) throws IOException {
    throw new UnsupportedOperationException("not there yet");
  }

  /** Raw logits in the order of the passages, {@code [passages]}. */
  public float[] score(String query, List<String> passages, Cancellation cancellation) {
    throw new UnsupportedOperationException("not there yet");
  }

  @Override
  public void close() {}
}
