/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import org.jspecify.annotations.Nullable;

/** The runtime could not compute a batch. */
public final class InferenceException extends RuntimeException {
  public InferenceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
