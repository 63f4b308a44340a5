/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.stillrank.bench.load.QueryStream;
import org.stillrank.distribution.load.LoadedSearch;

/**
 * Asks and hangs up before the answer is there, until the time is over or its thread is
 * interrupted.
 *
 * @param end of the time, nanoseconds as {@link System#nanoTime} counts them
 * @param random when it hangs up
 */
record Leaver(LoadedSearch search, QueryStream queries, long end, Random random)
    implements Callable<Long> {
  private static final int MOST_MILLIS = 300;

  /** Who is refused and asks again at once would only make refusals. */
  private static final Duration BACK_OFF = Duration.ofMillis(100);

  /** How often it hung up. */
  @Override
  public Long call() throws IOException {
    long left = 0;
    try {
      while (System.nanoTime() - end < 0) {
        Duration patience = Duration.ofMillis(1 + random.nextInt(MOST_MILLIS));
        if (search.index().abandon(search.body().apply(queries.next()), patience)) {
          left++;
        } else {
          Thread.sleep(BACK_OFF);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return left;
  }
}
