/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.stillrank.testing.ChildJvm;

class FreedMemoryTest {
  private static final String SUPPORTED = "org.stillrank.reranker.handle.FreedMemory#isSupported";
  private static final String WITHOUT = "it takes glibc and Java 22";

  private static final int SMALL = 100_000;
  private static final int LARGE = 6 << 20;
  private static final int LARGEST = 30 << 20;

  /** Pieces that stay, among those that are freed, hold the whole in the process. */
  @Test
  @EnabledIf(value = SUPPORTED, disabledReason = WITHOUT)
  void goesBackToTheSystem() throws Exception {
    List<AutoCloseable> kept = new ArrayList<>();
    List<AutoCloseable> freed = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      (i % 20 == 0 ? kept : freed).add(piece(SMALL));
    }
    free(freed);
    long before = residentBytes();
    FreedMemory.giveBack();
    assertThat(before - residentBytes()).isGreaterThan(1_000L * SMALL);
    free(kept);
  }

  /**
   * A large piece that was freed raises glibc's own limits: what comes after it would stay. In a
   * process of its own, for one that has much free memory takes large pieces out of it.
   */
  @Test
  @EnabledIf(value = SUPPORTED, disabledReason = WITHOUT)
  void whatIsLargeGoesBackAtOnce() throws Exception {
    assertThat(ChildJvm.run(List.of("-Xmx64m"), Large.class))
        .singleElement(InstanceOfAssertFactories.STRING)
        .satisfies(freed -> assertThat(Long.parseLong(freed)).isGreaterThan(5L * LARGE));
  }

  /** Prints how many bytes went back when six large pieces were freed. */
  static final class Large {
    private Large() {}

    public static void main(String[] arguments) throws Exception {
      FreedMemory.limitKept();
      free(List.of(piece(LARGEST)));
      List<AutoCloseable> kept = new ArrayList<>();
      List<AutoCloseable> freed = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        freed.add(piece(LARGE));
        kept.add(piece(SMALL));
      }
      long before = residentBytes();
      free(freed);
      System.out.println(before - residentBytes());
      free(kept);
    }
  }

  private static void free(List<AutoCloseable> pieces) throws Exception {
    for (AutoCloseable each : pieces) {
      each.close();
    }
  }

  /** Memory of the C library, all of it written to; by reflection, as {@link CLibrary} says. */
  private static AutoCloseable piece(long bytes) throws ReflectiveOperationException {
    Class<?> arenas = Class.forName("java.lang.foreign.Arena");
    AutoCloseable arena = (AutoCloseable) arenas.getMethod("ofConfined").invoke(null);
    arenas.getMethod("allocate", long.class, long.class).invoke(arena, bytes, 1L);
    return arena;
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
