/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.function.LongSupplier;
import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.ClauseTimeoutException;

/** The clause's own time for one shard's window. */
final class Deadline {
  private final @Nullable TimeValue timeout;
  private final LongSupplier nanoClock;
  private final long start;

  private Deadline(@Nullable TimeValue timeout, LongSupplier nanoClock) {
    this.timeout = timeout;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  /** From now on; null never ends. */
  static Deadline after(@Nullable TimeValue timeout, LongSupplier nanoClock) {
    return new Deadline(timeout, nanoClock);
  }

  /**
   * @throws ClauseTimeoutException when the time is over
   */
  void check() {
    if (timeout != null && nanoClock.getAsLong() - start >= timeout.nanos()) {
      throw new ClauseTimeoutException(timeout);
    }
  }
}
