/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.function.Supplier;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.InferenceException;
import org.stillrank.reranker.session.StartingThread;

/**
 * How far computing threads step back where others want the processor too: the nice value of Linux,
 * where each thread has its own. Where nobody else wants it, they are as fast as ever.
 *
 * @param value from 0, equal to others, to 19
 */
public record Niceness(int value) {
  /** Threads that compete with others as equals. */
  public static final Niceness NONE = new Niceness(0);

  public static final int HIGHEST = 19;

  public Niceness {
    if (value < 0 || value > HIGHEST) {
      throw new InvalidInputException(
          "a niceness of [" + value + "] is none; give one from 0 to [" + HIGHEST + "]");
    }
  }

  /** Whether threads can step back here: on Linux, with Java 22 or newer. */
  public static boolean isSupported() {
    return NiceValue.isSupported();
  }

  /**
   * Makes the calling thread step back, and those that it starts from now on. One that has stepped
   * back further stays there.
   *
   * @throws InferenceException when the system does not let it
   */
  void applyToThisThread() {
    if (value > 0 && !NiceValue.atLeast(value)) {
      throw new InferenceException(
          "threads cannot have a niceness of ["
              + value
              + "] here; it takes Linux, Java 22 and a system that lets a process call setpriority",
          null);
    }
  }

  /**
   * Lets others have the processor, if they wait for it; for threads that step back to call between
   * two parts of their work. A nice value alone says who gets how much of the time: whoever wakes
   * up still waits, until the next tick of the clock, for a thread whose turn has just begun.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on what the scheduler makes of it
  public void giveWay() {
    if (value > 0) {
      Thread.yield();
    }
  }

  /**
   * Does something on a thread that steps back, as do the threads that it starts, and waits for its
   * end. The calling one would stay behind for ever, for only the privileged step forth again.
   *
   * @param thread its name
   */
  public <T> T during(String thread, Supplier<T> work) {
    if (value == 0) {
      return work.get();
    }
    return StartingThread.run(
        Thread.ofPlatform().name(thread).daemon(),
        () -> {
          applyToThisThread();
          return work.get();
        });
  }
}
