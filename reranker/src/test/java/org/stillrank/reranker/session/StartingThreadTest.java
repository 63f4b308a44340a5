/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class StartingThreadTest {
  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final Thread.Builder.OfPlatform builder =
      Thread.ofPlatform()
          .name("starting")
          .uncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));

  @Test
  void whatItsWorkGivesIsTheCallers() {
    assertThat(StartingThread.<String>run(builder, () -> Thread.currentThread().getName()))
        .isEqualTo("starting");
  }

  @Test
  void anErrorComesOutAtTheCallerAndNowhereElse() {
    UnsatisfiedLinkError failure = new UnsatisfiedLinkError("no such library");
    assertThatThrownBy(() ->
            StartingThread.run(
                builder,
                () -> {
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(uncaught).isEmpty();
  }

  @Test
  void anInterruptIsKeptForTheCallerWhoHasTheResultAllTheSame() {
    Thread caller = Thread.currentThread();
    assertThat(
            StartingThread.<String>run(
                builder,
                () -> {
                  caller.interrupt();
                  return "done";
                }))
        .isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
  }
}
