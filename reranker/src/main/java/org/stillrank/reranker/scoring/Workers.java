/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.stillrank.reranker.session.TokenInputs;

/** The threads of one cross-encoder, with the buffers they fill. Calls take turns on them. */
final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Niceness niceness;
  private final ConcurrentLinkedQueue<TokenInputs> idleInputs = new ConcurrentLinkedQueue<>();

  Workers(int count, Niceness niceness, String name) {
    this.niceness = niceness;
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("stillrank-" + name + "-", 0).daemon().factory());
  }

  int count() {
    return threads.getMaximumPoolSize();
  }

  void execute(Runnable task) {
    threads.execute(task);
  }

  /** How far they step back; for tasks to apply, since only these can tell what went wrong. */
  Niceness niceness() {
    return niceness;
  }

  /** Takes a task back that no thread has begun. */
  boolean remove(Runnable task) {
    return threads.remove(task);
  }

  /** Lends buffers to a task, then says that it has ended. */
  void withInputs(Consumer<TokenInputs> task, Runnable ended) {
    TokenInputs idle = idleInputs.poll();
    TokenInputs inputs = idle == null ? new TokenInputs() : idle;
    try {
      task.accept(inputs);
    } finally {
      idleInputs.add(inputs);
      ended.run();
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
