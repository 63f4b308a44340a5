/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long task is: a bar on a terminal, a plain line now and then in a log. */
public interface Progress extends AutoCloseable {
  /** Tells that {@code count} more of the announced total are done. */
  void step(long count);

  /** A few words beside the count, such as the loss; replaces the words before. */
  void note(String words);

  @Override
  void close();

  /** Makes a {@link Progress} for a task when its size is known. */
  @FunctionalInterface
  interface Display {
    Progress start(String task, long total);
  }

  /** Shows nothing; for callers that have their own way to tell. */
  static Display silent() {
    return (task, total) -> new SilentProgress();
  }

  /**
   * A bar when a person watches standard error, otherwise a line about every ten seconds. Only the
   * launcher can tell which it is (Java's console speaks of standard input), and says so in the
   * system property {@code stillrank.terminal}.
   */
  static Display onStandardError() {
    return Boolean.getBoolean("stillrank.terminal")
        ? Progress::bar
        : lines(System.err, Duration.ofSeconds(10), System::nanoTime);
  }

  /** Lines on {@code out}, at most one each {@code interval} of {@code nanoClock}. */
  static Display lines(PrintStream out, Duration interval, LongSupplier nanoClock) {
    return (task, total) -> new LineProgress(task, total, out, interval, nanoClock);
  }

  private static Progress bar(String task, long total) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .build();
    return new BarProgress(bar);
  }
}
