/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Plain lines, never more often than the interval, and one when the task ends. */
final class LineProgress implements Progress {
  private final String task;
  private final long total;
  private final PrintStream out;
  private final long intervalNanos;
  private final LongSupplier nanoClock;
  private final long start;
  private long lastLine;
  private long done;
  private String words = "";

  LineProgress(
      String task, long total, PrintStream out, Duration interval, LongSupplier nanoClock) {
    this.task = task;
    this.total = total;
    this.out = out;
    this.intervalNanos = interval.toNanos();
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.lastLine = start;
  }

  @Override
  public synchronized void step(long count) {
    done += count;
    long now = nanoClock.getAsLong();
    if (now - lastLine >= intervalNanos) {
      lastLine = now;
      print(now);
    }
  }

  @Override
  public synchronized void note(String newWords) {
    words = newWords;
  }

  @Override
  public synchronized void close() {
    print(nanoClock.getAsLong());
  }

  private void print(long now) {
    double seconds = (now - start) / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    String left =
        rate > 0 && done < total
            ? String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate)
            : "";
    out.printf(
        Locale.ROOT,
        "%s: %d/%d in %.1f s, %.1f/s%s%s%n",
        task,
        done,
        total,
        seconds,
        rate,
        left,
        words.isEmpty() ? "" : ", " + words);
  }
}
