/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.testing.LinuxThreads;

/** Which threads there are, and where and how often they run, is read in {@code /proc}. */
@EnabledIf(
    value = "org.stillrank.reranker.scoring.Niceness#isSupported",
    disabledReason = "a pulse takes Linux and Java 22")
class PulseTest {
  private static final Niceness STEPPING_BACK = new Niceness(5);
  private static final String NAME = "stillrank-pulse";

  private final BitSet processors = ProcessorAffinity.allowed();

  @Test
  void theProcessorsAreThoseOfTheProcess() {
    assertThat(processors.cardinality())
        .isPositive()
        .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void itBeatsOnEachProcessorWhileSomethingComputes() {
    try (Pulse pulse = Pulse.of(threads(processors.cardinality(), STEPPING_BACK))) {
      pulse.during(() -> {
        await(() ->
            of("Cpus_allowed_list").stream()
                .sorted()
                .toList()
                .equals(processors.stream().mapToObj(Integer::toString).sorted().toList()));
        List<Long> before = sleeps();
        await(() -> {
          List<Long> now = sleeps();
          for (int i = 0; i < now.size(); i++) {
            if (now.get(i) < before.get(i) + 10) {
              return false;
            }
          }
          return true;
        });
      });
      await(() -> resting() == processors.cardinality());
    }
    await(() -> beating().isEmpty());
  }

  @Test
  void nothingBeatsBesideThreadsThatDoNotStepBack() {
    try (Pulse pulse = Pulse.of(threads(processors.cardinality(), Niceness.NONE))) {
      await(() -> beating().isEmpty());
    }
  }

  @Test
  void nothingBeatsWhereAProcessorIsFree() {
    int all = processors.cardinality();
    assumeTrue(all > 1, "needs more than one processor");
    try (Pulse pulse = Pulse.of(threads(all - 1, STEPPING_BACK))) {
      await(() -> beating().isEmpty());
    }
  }

  @Test
  void whereOneCannotStartThoseBeforeItEnd() {
    FailingThreads factory = new FailingThreads(1);
    BitSet two = new BitSet();
    two.set(processors.nextSetBit(0));
    two.set(processors.length());
    assertThatThrownBy(() -> new Pulse(two, factory)).isSameAs(factory.failure());
    assertThat(factory.started()).hasSize(1);
    await(() -> factory.started().stream().noneMatch(Thread::isAlive));
  }

  /** Whoever listens to the log may throw, and the model warns when all of it is open. */
  @Test
  void nothingBeatsForAnEncoderThatDidNotOpen(@TempDir Path folder) throws IOException {
    Path model = TinyModels.copy("bert-dynamic-int8", folder);
    // A content that no other test opens, for each is warned of once: ONNX's field doc_string.
    Files.write(model.resolve("model.onnx"), HexFormat.of().parseHex("320170"), APPEND);
    IllegalStateException failure = new IllegalStateException("the log is full");
    Logger log = Logger.getLogger(CrossEncoder.class.getName());
    log.setFilter(line -> {
      throw failure;
    });
    try {
      assertThatThrownBy(() ->
              CrossEncoder.open(
                  ModelBundle.open(model),
                  ScoringOptions.defaults()
                      .withSchedule(threads(processors.cardinality(), STEPPING_BACK))))
          .isSameAs(failure);
    } finally {
      log.setFilter(null);
    }
    await(() -> beating().isEmpty());
  }

  private static Schedule threads(int perWorker, Niceness niceness) {
    return new Schedule(1, perWorker, 1, niceness);
  }

  /** How often each went to sleep. */
  private static List<Long> sleeps() {
    return of("voluntary_ctxt_switches").stream().map(Long::valueOf).toList();
  }

  /** How many wait for something to compute. */
  private static long resting() {
    return beating().stream().filter(thread -> thread.getState() == Thread.State.WAITING).count();
  }

  /** Java knows them from their start; Linux only when they have named themselves. */
  private static List<Thread> beating() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(NAME))
        .toList();
  }

  private static List<String> of(String field) {
    try {
      return LinuxThreads.status(ProcessHandle.current(), NAME, field);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime() - end).as("30 seconds are over").isNegative();
      Thread.onSpinWait();
    }
  }
}
