/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.progress;

import me.tongfei.progressbar.ProgressBar;

/** A bar that redraws itself on the terminal. */
final class BarProgress implements Progress {
  private final ProgressBar bar;

  BarProgress(ProgressBar bar) {
    this.bar = bar;
  }

  @Override
  public void step(long count) {
    bar.stepBy(count);
  }

  @Override
  public void note(String words) {
    bar.setExtraMessage(words);
  }

  @Override
  public void close() {
    bar.close();
  }
}
