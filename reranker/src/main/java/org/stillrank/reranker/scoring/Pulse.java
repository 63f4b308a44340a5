/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread for each processor that wakes up every 1.5 ms and does nothing, while threads that step
 * back compute on all of them. A thread that goes to sleep makes Linux choose anew who has its
 * processor; without one, whoever waits beside a thread that has stepped back often does so until
 * the clock's next tick, 4 ms where there are 250 a second. {@link Niceness#giveWay} makes it
 * choose too, but not in the middle of a run of the model.
 */
final class Pulse implements AutoCloseable {
  // Every millisecond others wait less, and the model is slower; every two the other way round.
  private static final long EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(1_500);

  private final AtomicInteger computing = new AtomicInteger();
  private final ConcurrentLinkedQueue<Thread> beating = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;
  private volatile boolean ended;

  private Pulse(BitSet processors) {
    this(processors, Thread.ofPlatform().name("stillrank-pulse-", 0).daemon().factory());
  }

  /** For these processors, whoever computes. */
  Pulse(BitSet processors, ThreadFactory factory) {
    threads = Executors.newThreadPerTaskExecutor(factory);
    try {
      processors.stream().forEach(processor -> threads.execute(() -> beat(processor)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * For threads that compute so. Where these step back from nobody, or are fewer than the
   * processors, so that one is free for whoever waits, nothing beats.
   */
  static Pulse of(Schedule schedule) {
    if (schedule.niceness().value() == 0) {
      return new Pulse(new BitSet());
    }
    BitSet processors = ProcessorAffinity.allowed();
    int threads = schedule.workers() * schedule.threadsPerWorker();
    return new Pulse(threads < processors.cardinality() ? new BitSet() : processors);
  }

  /** Beats as long as the calling thread does this. */
  void during(Runnable work) {
    if (computing.getAndIncrement() == 0) {
      beating.forEach(LockSupport::unpark);
    }
    try {
      work.run();
    } finally {
      computing.decrementAndGet();
    }
  }

  private void beat(int processor) {
    // Elsewhere it would be of no use.
    if (!ProcessorAffinity.stayOn(processor)) {
      return;
    }
    beating.add(Thread.currentThread());
    while (!ended) {
      if (computing.get() > 0) {
        LockSupport.parkNanos(EVERY_NANOS);
      } else {
        LockSupport.park();
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    List.copyOf(beating).forEach(LockSupport::unpark);
    threads.close();
  }
}
