/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

/**
 * Asked between batches, and while one runs, whether the caller still wants the scores.
 *
 * <p>To cancel, {@link #check} throws whatever the caller wants to see; scoring stops, frees what
 * it holds and lets that exception through.
 */
@FunctionalInterface
public interface Cancellation {
  /** Never cancels. */
  Cancellation NONE = () -> {};

  /** Returns normally while the scores are wanted; throws the caller's own exception otherwise. */
  void check();
}
