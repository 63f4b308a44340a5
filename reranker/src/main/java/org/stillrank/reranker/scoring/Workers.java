/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.stillrank.reranker.session.TokenInputs;

/** The threads of one cross-encoder, with the buffers they fill. Calls take turns on them. */
final class Workers implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Niceness niceness;
  private final Pulse pulse;
  private final ConcurrentLinkedQueue<TokenInputs> idleInputs = new ConcurrentLinkedQueue<>();

  Workers(Schedule schedule, String name) {
    this(schedule, Thread.ofPlatform().name("stillrank-" + name + "-", 0).daemon().factory());
  }

  Workers(Schedule schedule, ThreadFactory factory) {
    this.niceness = schedule.niceness();
    threads =
        new ThreadPoolExecutor(
            schedule.workers(),
            schedule.workers(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory);
    // Last, because it starts threads at once: none of the workers' own runs when it cannot.
    this.pulse = Pulse.of(schedule);
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

  /** For tasks to beat while they compute. */
  Pulse pulse() {
    return pulse;
  }

  /** Forgets a task that no thread has begun. */
  void remove(Runnable task) {
    threads.remove(task);
  }

  /** Buffers that nobody else uses until they are given back. */
  TokenInputs borrowInputs() {
    TokenInputs idle = idleInputs.poll();
    return idle == null ? new TokenInputs() : idle;
  }

  void giveBack(TokenInputs inputs) {
    idleInputs.add(inputs);
  }

  @Override
  public void close() {
    threads.close();
    pulse.close();
  }
}
