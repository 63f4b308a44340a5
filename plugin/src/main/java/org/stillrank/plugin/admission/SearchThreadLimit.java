/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import java.util.concurrent.atomic.AtomicInteger;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;

/**
 * Keeps search threads free for searches that do not rerank: at most a share of them may be
 * reranking or waiting for the model; one more is refused at once, unless it was let in before.
 */
public final class SearchThreadLimit {
  private final int searchThreads;
  private final AtomicInteger inside = new AtomicInteger();
  private volatile int most;

  /**
   * @param searchThreads of the node's search pool
   * @param share of them, above 0 and up to 1
   */
  public SearchThreadLimit(int searchThreads, double share) {
    this.searchThreads = searchThreads;
    allow(share);
  }

  /** Another share from now on; those inside stay. At least one thread may always rerank. */
  public void allow(double share) {
    most = Math.max(1, (int) (searchThreads * share));
  }

  /**
   * A place for the calling thread, given back by closing it.
   *
   * @throws EsRejectedExecutionException (429) when all are taken
   */
  public Place enter() {
    int allowed = most;
    if (inside.incrementAndGet() > allowed) {
      inside.decrementAndGet();
      throw refusal(allowed);
    }
    return inside::decrementAndGet;
  }

  /** As {@link #enter}, for a search that was let in: one more, where all are taken. */
  Place enterKept() {
    inside.incrementAndGet();
    return inside::decrementAndGet;
  }

  private EsRejectedExecutionException refusal(int allowed) {
    return new EsRejectedExecutionException(
        "["
            + allowed
            + "] of ["
            + searchThreads
            + "] search threads of this node are reranking, and no more may; try again later, or add"
            + " nodes",
        false);
  }

  /** Threads that may rerank. */
  int most() {
    return most;
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
