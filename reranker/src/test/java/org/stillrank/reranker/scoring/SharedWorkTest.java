/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.session.Termination;

class SharedWorkTest {
  private static final int WORKERS = 3;
  private static final int PARTS = 50;

  private final AtomicInteger begun = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aWorkerThatCannotStartIsTheCallersFailureAndNothingHangs(int before) {
    FailingThreads threads = new FailingThreads(before);
    try (Workers workers = new Workers(new Schedule(WORKERS, 1, 1), threads)) {
      CompletableFuture<Void> call =
          CompletableFuture.runAsync(() -> run(workers, part -> begun.incrementAndGet()));
      assertThat(call)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingRootCause()
          .isSameAs(threads.failure());

      begun.set(0);
      run(workers, part -> begun.incrementAndGet());
      assertThat(begun).as("parts of the next call").hasValue(PARTS);
    }
  }

  @Test
  void whatAPartThrowsComesOutAndEndsTheRest() {
    IllegalStateException failure = new IllegalStateException("broken");
    try (Workers workers = new Workers(new Schedule(1, 1, 1), "test")) {
      assertThatThrownBy(() ->
              run(
                  workers,
                  part -> {
                    begun.incrementAndGet();
                    throw failure;
                  }))
          .isSameAs(failure);
    }
    assertThat(begun).hasValue(1);
  }

  private static void run(Workers workers, IntConsumer part) {
    new SharedWork("testing", PARTS, part, new Termination()).run(workers, Cancellation.NONE);
  }
}
