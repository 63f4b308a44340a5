/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;

/**
 * Keeps search threads free for searches that do not rerank: at most half of them may be reranking
 * or waiting for the model; one more is refused at once.
 */
public final class SearchThreadLimit {
  private final int most;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * @param searchThreads of the node's search pool
   */
  public SearchThreadLimit(int searchThreads) {
    most = Math.max(1, searchThreads / 2);
  }

  /**
   * A place for the calling thread, given back by closing it.
   *
   * @throws EsRejectedExecutionException (429) when all are taken
   */
  public Place enter() {
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      throw new EsRejectedExecutionException(
          "["
              + most
              + "] searches are reranking on this node, half of its search threads; try again, or"
              + " add nodes",
          false);
    }
    return inside::decrementAndGet;
  }

  /** Threads reranking now. */
  public int inside() {
    return inside.get();
  }

  /** A taken place. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
