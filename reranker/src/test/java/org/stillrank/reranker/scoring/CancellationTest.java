/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.handle.NativeHandle;

/**
 * A call that is no longer wanted ends, with the caller's own exception and nothing left running.
 */
class CancellationTest {
  private static final List<String> MANY =
      Collections.nCopies(3000, "bees dance to tell the others where the flowers are ".repeat(9));

  private static final class Unwanted extends RuntimeException {}

  private CrossEncoder encoder;
  private CrossEncoder inOneBatch;

  @BeforeEach
  void open() throws IOException {
    encoder = open(new Schedule(2, 1, 96));
    inOneBatch = open(new Schedule(1, 1, Integer.MAX_VALUE));
  }

  @AfterEach
  void close() {
    encoder.close();
    inOneBatch.close();
    assertThat(NativeHandle.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25, 27})
  void theCallersExceptionComesOutAndTheNextCallIsUntouched(int check) {
    Unwanted unwanted = new Unwanted();
    AtomicInteger checks = new AtomicInteger();
    Cancellation cancellation =
        () -> {
          if (checks.incrementAndGet() == check) {
            throw unwanted;
          }
        };
    List<String> handles = NativeHandle.open();

    assertThatThrownBy(() -> encoder.score("bees", MANY, cancellation)).isSameAs(unwanted);

    assertThat(NativeHandle.open()).as("nothing runs any more").isEqualTo(handles);
    assertThat(encoder.score("bees", MANY.subList(0, 3), Cancellation.NONE)).hasSize(3);
  }

  @Test
  void aRunningBatchIsTerminated() {
    long start = System.nanoTime();
    inOneBatch.score("bees", MANY, Cancellation.NONE);
    long whole = System.nanoTime() - start;

    // 24 checks come from tokenising in parts; the next comes while the one batch runs.
    AtomicInteger checks = new AtomicInteger();
    Cancellation whileRunning =
        () -> {
          if (checks.incrementAndGet() > 26) {
            throw new Unwanted();
          }
        };
    start = System.nanoTime();
    assertThatThrownBy(() -> inOneBatch.score("bees", MANY, whileRunning))
        .isInstanceOf(Unwanted.class);
    long cancelled = System.nanoTime() - start;
    assertThat(cancelled).as("of [%d] ns", whole).isLessThan(whole * 3 / 4);
  }

  @Test
  void anInterruptedCallerIsLetGoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> encoder.score("bees", MANY, Cancellation.NONE))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("[3000] passages");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static CrossEncoder open(Schedule schedule) throws IOException {
    return CrossEncoder.open(
        TinyModels.bundle("bert-one-output"), ScoringOptions.defaults().withSchedule(schedule));
  }
}
