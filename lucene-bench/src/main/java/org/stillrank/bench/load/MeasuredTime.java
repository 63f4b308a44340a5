/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

/**
 * The time that counts, from after the warm-up to the end.
 *
 * @param begin nanoseconds, as {@link System#nanoTime} counts them
 * @param end the same
 */
public record MeasuredTime(long begin, long end) {
  private static final double NANOS = 1e9;

  /** Begins in so many seconds and lasts so many. */
  public static MeasuredTime after(double wait, double seconds) {
    long begin = System.nanoTime() + (long) (wait * NANOS);
    return new MeasuredTime(begin, begin + (long) (seconds * NANOS));
  }

  double seconds() {
    return (end - begin) / NANOS;
  }

  /** Whether a moment lies in it. Not by comparing: the count may overflow. */
  public boolean holds(long moment) {
    return moment - begin >= 0 && moment - end < 0;
  }
}
