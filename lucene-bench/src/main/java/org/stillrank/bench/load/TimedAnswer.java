/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

/**
 * A search, when it was asked and when that ended.
 *
 * @param asked nanoseconds, as {@link System#nanoTime} counts them
 * @param answered the same
 */
public record TimedAnswer(long asked, long answered, Answer answer) {
  private static final double NANOS = 1e9;

  double seconds() {
    return (answered - asked) / NANOS;
  }
}
