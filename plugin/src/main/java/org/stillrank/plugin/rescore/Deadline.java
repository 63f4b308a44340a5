/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.function.LongSupplier;
import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.ClauseTimeoutException;

/** The time for one window, the clause's own or the node's. */
public final class Deadline {
  private final String option;
  private final @Nullable TimeValue timeout;
  private final LongSupplier nanoClock;
  private final long start;

  private Deadline(
      String option, @Nullable TimeValue timeout, long spentNanos, LongSupplier nanoClock) {
    this.option = option;
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong() - spentNanos;
  }

  /**
   * From now on.
   *
   * @param option what set it, for the message
   * @param timeout null never ends
   * @param spentNanos of it already
   */
  public static Deadline after(
      String option, @Nullable TimeValue timeout, long spentNanos, LongSupplier nanoClock) {
    return new Deadline(option, timeout, spentNanos, nanoClock);
  }

  /** What is left of the time, 0 or more; null when it never ends. */
  public @Nullable TimeValue left() {
    return timeout == null
        ? null
        : TimeValue.timeValueNanos(Math.max(0, timeout.nanos() - (nanoClock.getAsLong() - start)));
  }

  /** What to say when the time is over. */
  public ClauseTimeoutException over() {
    return new ClauseTimeoutException(option, timeout == null ? TimeValue.MAX_VALUE : timeout);
  }

  /**
   * @throws ClauseTimeoutException when the time is over
   */
  public void check() {
    if (timeout != null && nanoClock.getAsLong() - start >= timeout.nanos()) {
      throw over();
    }
  }
}
