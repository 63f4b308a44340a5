/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.statistics;

import java.util.Locale;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.search.internal.ContextIndexSearcher.TimeExceededException;
import org.elasticsearch.tasks.TaskCancelledException;
import org.stillrank.plugin.memory.NativeMemoryException;
import org.stillrank.reranker.session.InferenceException;

/** Why a reranking gave no scores. */
public enum FailureKind {
  /** The clause's own timeout, or the search's. */
  TIMEOUT,
  /** The client went away, or the task was cancelled. */
  CANCELLED,
  /** Too many searches were reranking. */
  REJECTED,
  /** The model did not fit into native memory. */
  NATIVE_MEMORY,
  /** The runtime failed, or a score was no number. */
  INFERENCE,
  /** Anything else, such as an index without {@code _source}. */
  OTHER;

  /** Tells by the exception. */
  public static FailureKind of(Exception failure) {
    return switch (failure) {
      case TimeExceededException e -> TIMEOUT;
      case ClauseTimeoutException e -> TIMEOUT;
      case TaskCancelledException e -> CANCELLED;
      case EsRejectedExecutionException e -> REJECTED;
      case InferenceException e -> INFERENCE;
      case ElasticsearchStatusException e when e.getCause() instanceof NativeMemoryException ->
          NATIVE_MEMORY;
      default -> OTHER;
    };
  }

  /** As it is spelled in answers. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }
}
