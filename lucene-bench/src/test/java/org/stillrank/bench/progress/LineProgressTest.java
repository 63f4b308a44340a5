/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Progress.Display display =
      Progress.lines(
          new PrintStream(bytes, true, StandardCharsets.UTF_8), Duration.ofSeconds(10), nanos::get);

  @Test
  void aLineWhenTheIntervalIsOverAndOneAtTheEnd() {
    try (Progress progress = display.start("indexing", 1000)) {
      after(4, progress, 100);
      assertThat(lines()).isEmpty();
      after(6, progress, 100);
      assertThat(lines()).containsExactly("indexing: 200/1000 in 10.0 s, 20.0/s, 40 s left");
      after(9, progress, 300);
      assertThat(lines()).hasSize(1);
      progress.note("merging");
      after(1, progress, 100);
      assertThat(lines())
          .hasSize(2)
          .last()
          .isEqualTo("indexing: 600/1000 in 20.0 s, 30.0/s, 13 s left, merging");
      after(5, progress, 400);
    }

    assertThat(lines())
        .hasSize(3)
        .last()
        .isEqualTo("indexing: 1000/1000 in 25.0 s, 40.0/s, merging");
  }

  @Test
  void aTaskWithoutTimeHasNoRate() {
    display.start("nothing", 5).close();

    assertThat(lines()).containsExactly("nothing: 0/5 in 0.0 s, 0.0/s");
  }

  private void after(long seconds, Progress progress, long count) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    progress.step(count);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
