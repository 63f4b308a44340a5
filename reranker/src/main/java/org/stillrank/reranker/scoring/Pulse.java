/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread for each processor that wakes up every millisecond and does nothing, while threads that
 * step back compute on all of them. Where somebody waits for a processor, Linux decides anew when a
 * thread on it goes to sleep, but else, when whoever woke up was not owed it at that moment, at the
 * clock's next tick, up to 4 ms later where there are 250 a second. {@link Niceness#giveWay} makes
 * it decide too, but not in the middle of a run of the model.
 */
final class Pulse implements AutoCloseable {
  // 15 microseconds of a processor each: about a hundredth and a half of what the model gets.
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicInteger computing = new AtomicInteger();
  private final ConcurrentLinkedQueue<Thread> beating = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().name("stillrank-pulse-", 0).daemon().factory());
  private volatile boolean ended;

  private Pulse(BitSet processors) {
    processors.stream().forEach(processor -> threads.execute(() -> beat(processor)));
  }

  /**
   * For so many threads that compute. Where these step back from nobody, or are fewer than the
   * processors, so that whoever waits has one for himself, nothing beats.
   */
  static Pulse of(int workers, Niceness niceness) {
    BitSet processors = niceness.value() > 0 ? ProcessorAffinity.allowed() : new BitSet();
    return new Pulse(workers < processors.cardinality() ? new BitSet() : processors);
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
