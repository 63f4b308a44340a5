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
import org.stillrank.reranker.passage.Passages;

/**
 * A call that is no longer wanted ends, with the caller's own exception and nothing left running.
 */
class CancellationTest {
  private static final List<String> MANY =
      Collections.nCopies(3000, "bees dance to tell the others where the flowers are ".repeat(9));

  /** Of which hardly anything but the model's part takes time. */
  private static final ScoringRequest TOKENISED =
      new ScoringRequest(
          "bees",
          Collections.nCopies(3000, new ScoredText.Tokenised(new int[90])),
          Passages.beginning(),
          TokenLimit.none());

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
  @ValueSource(ints = {1, 2, 5})
  void theCallersExceptionComesOutOfTokenising(int check) {
    assertUnwantedAt(check, ScoringRequest.ofBeginnings("bees", MANY));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 12})
  void theCallersExceptionComesOutOfTheModel(int check) {
    assertUnwantedAt(check, TOKENISED);
  }

  private void assertUnwantedAt(int check, ScoringRequest request) {
    Unwanted unwanted = new Unwanted();
    AtomicInteger checks = new AtomicInteger();
    Cancellation cancellation =
        () -> {
          if (checks.incrementAndGet() == check) {
            throw unwanted;
          }
        };
    List<String> handles = NativeHandle.open();

    assertThatThrownBy(() -> encoder.measured(request, cancellation)).isSameAs(unwanted);

    assertThat(NativeHandle.open()).as("nothing runs any more").isEqualTo(handles);
    assertThat(encoder.score("bees", MANY.subList(0, 3), Cancellation.NONE)).hasSize(3);
  }

  @Test
  void aRunningBatchIsTerminated() {
    long start = System.nanoTime();
    inOneBatch.measured(TOKENISED, Cancellation.NONE);
    long whole = System.nanoTime() - start;

    AtomicInteger checks = new AtomicInteger();
    Cancellation whileRunning =
        () -> {
          if (checks.incrementAndGet() > 10) {
            throw new Unwanted();
          }
        };
    start = System.nanoTime();
    assertThatThrownBy(() -> inOneBatch.measured(TOKENISED, whileRunning))
        .isInstanceOf(Unwanted.class);
    long cancelled = System.nanoTime() - start;
    assertThat(cancelled).as("of [%d] ns", whole).isLessThan(whole * 3 / 4);
  }

  @Test
  void anInterruptedCallerIsLetGoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> encoder.score("bees", MANY, Cancellation.NONE))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted while tokenising [128] texts");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static CrossEncoder open(Schedule schedule) throws IOException {
    return CrossEncoder.open(
        TinyModels.bundle("bert-one-output"), ScoringOptions.defaults().withSchedule(schedule));
  }
}
