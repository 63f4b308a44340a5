/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Threads on a system that starts some, then refuses one as Java says it, and then starts more. */
final class FailingThreads implements ThreadFactory {
  private final OutOfMemoryError failure = new OutOfMemoryError("unable to create native thread");
  private final List<Thread> started = new ArrayList<>();
  private int untilFailure;

  FailingThreads(int untilFailure) {
    this.untilFailure = untilFailure;
  }

  @Override
  public synchronized Thread newThread(Runnable work) {
    if (untilFailure-- == 0) {
      throw failure;
    }
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    started.add(thread);
    return thread;
  }

  OutOfMemoryError failure() {
    return failure;
  }

  synchronized List<Thread> started() {
    return List.copyOf(started);
  }
}
