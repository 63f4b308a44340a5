/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class FreedMemoryTest {
  private static final int PIECES = 2_000;
  private static final int BYTES = 100_000;
  private static final int EVERY = 20;

  /** Pieces that stay, among those that are freed, hold the whole in the process. */
  @Test
  @EnabledIf(
      value = "org.stillrank.reranker.handle.FreedMemory#isSupported",
      disabledReason = "it takes glibc and Java 22")
  void goesBackToTheSystem() throws IOException {
    List<ByteBuffer> kept = keptOfMany();
    awaitFreed();
    long before = residentBytes();
    FreedMemory.giveBack();
    assertThat(before - residentBytes()).isGreaterThan(PIECES * (long) BYTES / 2);
    assertThat(kept).hasSize(PIECES / EVERY);
  }

  private static List<ByteBuffer> keptOfMany() {
    List<ByteBuffer> all = new ArrayList<>();
    for (int i = 0; i < PIECES; i++) {
      ByteBuffer piece = ByteBuffer.allocateDirect(BYTES);
      for (int at = 0; at < BYTES; at += 1024) {
        piece.put(at, (byte) 1);
      }
      all.add(piece);
    }
    List<ByteBuffer> kept = new ArrayList<>();
    for (int i = 0; i < PIECES; i += EVERY) {
      kept.add(all.get(i));
    }
    return kept;
  }

  /** A buffer's memory is freed some time after nobody has it. */
  private static void awaitFreed() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (direct.getMemoryUsed() > PIECES * (long) BYTES / 4) {
      System.gc();
      assertThat(System.nanoTime()).as("freed within a minute").isLessThan(end);
    }
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
