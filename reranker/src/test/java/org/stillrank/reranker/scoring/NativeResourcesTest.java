/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.testing.ChildJvm;

/** What scoring holds outside the Java heap, and that it gives it back. */
class NativeResourcesTest {
  @Test
  void nothingIsLeftOpenAfterAThousandScorings() throws IOException {
    // Once before counting: loading the libraries opens files for good.
    score(1);
    List<Path> files = openFiles();
    score(1000);
    assertThat(NativeHandle.open()).isEmpty();
    assertThat(openFiles()).as("open files").hasSameSizeAs(files);
  }

  @Test
  void encodersOfOneModelShareASessionUntilTheLastIsClosed() throws IOException {
    CrossEncoder first = open();
    CrossEncoder second = open();
    assertThat(NativeHandle.open())
        .filteredOn(each -> each.startsWith("session of"))
        .singleElement()
        .asString()
        .contains("bert-one-output");
    assertThat(NativeHandle.open()).filteredOn(each -> each.startsWith("session use")).hasSize(2);
    float[] before = second.score("bees", List.of("honey"), Cancellation.NONE);
    first.close();
    assertThat(second.score("bees", List.of("honey"), Cancellation.NONE))
        .containsExactly(before, within(0f));
    second.close();
    assertThat(NativeHandle.open()).isEmpty();
  }

  @Test
  void memoryIsFlatOverTwoThousandScoringsOfChangingShapes() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc to read resident memory");
    List<Long> kilobytes =
        ChildJvm.run(
                // A heap that is resident from the start and no late compilation, so that only the
                // runtime's memory can grow.
                List.of(
                    "-Xms96m",
                    "-Xmx96m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1"),
                ScoringLoop.class,
                TinyModels.folder("bert-one-output").toString(),
                "2000")
            .map(Long::valueOf)
            .toList();
    assertThat(kilobytes).hasSize(2);
    assertThat(kilobytes.getLast() - kilobytes.getFirst())
        .as("growth in kB of %s", kilobytes)
        .isLessThan(4 * 1024);
  }

  @Test
  void aLongCommandLineDoesNotKillTheProcess() throws Exception {
    String classPath = "/nowhere/library.jar:".repeat(1500);
    assertThat(
            ChildJvm.run(
                List.of("-Dclass.path.of.a.server=" + classPath),
                ScoringLoop.class,
                TinyModels.folder("bert-one-output").toString(),
                "1"))
        .hasSize(2);
  }

  private static void score(int times) throws IOException {
    Random random = new Random(11);
    try (CrossEncoder encoder = open()) {
      for (int i = 0; i < times; i++) {
        encoder.score("bees", ScoringLoop.passages(random), Cancellation.NONE);
      }
    }
  }

  private static CrossEncoder open() throws IOException {
    return CrossEncoder.open(TinyModels.bundle("bert-one-output"), ScoringOptions.defaults());
  }

  private static List<Path> openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.toList();
    }
  }
}
