/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.InferenceException;
import org.stillrank.testing.LinuxThreads;

/** The nice values are read where Linux shows them, in {@code /proc}. */
@EnabledIf(
    value = "org.stillrank.reranker.scoring.Niceness#isSupported",
    disabledReason = "nice values of threads take Linux and Java 22")
class NicenessTest {
  private static final List<String> PASSAGES = List.of("bread", "a longer passage", "harbour");

  @Test
  void whatComputesStepsBackAndNothingElse() throws IOException {
    int ours = LinuxThreads.ownNiceness();
    int stepped = ours + 7;
    float[] equal;
    try (CrossEncoder encoder = open(new Schedule(2, 1, 1))) {
      equal = encoder.score("bread", PASSAGES, Cancellation.NONE);
      assertThat(nicenessOf("stillrank-")).isNotEmpty().containsOnly(ours);
    }
    // The runtime's own threads, of which each worker has one here, are those of "start".
    try (CrossEncoder encoder = open(new Schedule(2, 2, 1, new Niceness(stepped)))) {
      assertThat(encoder.score("bread", PASSAGES, Cancellation.NONE)).isEqualTo(equal);
      assertThat(nicenessOf("stillrank-bert")).isNotEmpty().containsOnly(stepped);
      assertThat(nicenessOf("stillrank-start")).isNotEmpty().containsOnly(stepped);
    }
    assertThat(LinuxThreads.ownNiceness()).isEqualTo(ours);
  }

  @Test
  void theRuntimesThreadsOfAModelThatOthersHaveOpenStepBackToo() throws IOException {
    int stepped = LinuxThreads.ownNiceness() + 7;
    try (CrossEncoder equal = open(new Schedule(2, 2, 1));
        CrossEncoder encoder = open(new Schedule(2, 2, 1, new Niceness(stepped)))) {
      assertThat(encoder.score("bread", PASSAGES, Cancellation.NONE))
          .isEqualTo(equal.score("bread", PASSAGES, Cancellation.NONE));
      assertThat(nicenessOf("stillrank-start")).isNotEmpty().containsOnly(stepped);
    }
  }

  @Test
  void whereTheRuntimeHasNoThreadsAModelIsSharedHoweverFarItsUsersStepBack() throws IOException {
    try (CrossEncoder equal = open(new Schedule(2, 1, 1));
        CrossEncoder encoder = open(new Schedule(2, 1, 1, new Niceness(7)))) {
      assertThat(encoder.score("bread", PASSAGES, Cancellation.NONE))
          .isEqualTo(equal.score("bread", PASSAGES, Cancellation.NONE));
      assertThat(NativeHandle.open()).filteredOn(each -> each.startsWith("session of")).hasSize(1);
    }
  }

  @Test
  void whatTokenisesAreTheThreadsThatStepBack() throws Exception {
    List<String> many = Collections.nCopies(500, "bread and harbour ".repeat(50));
    Set<String> tokenising = new HashSet<>();
    try (CrossEncoder encoder = open(new Schedule(2, 1, 1, new Niceness(7)));
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      Future<?> scored = caller.submit(() -> encoder.score("bread", many, Cancellation.NONE));
      while (!scored.isDone()) {
        Thread.getAllStackTraces()
            .forEach((thread, calls) -> {
              if (Stream.of(calls)
                  .anyMatch(call -> call.getClassName().endsWith("NativeTokenizer"))) {
                tokenising.add(thread.getName());
              }
            });
      }
      scored.get();
    }
    assertThat(tokenising).isNotEmpty().allMatch(name -> name.startsWith("stillrank-bert"));
  }

  @Test
  void aThreadThatHasSteppedBackFurtherStaysThere() {
    int further = Niceness.HIGHEST;
    assertThat(
            new Niceness(further)
                .<Integer>during(
                    "further",
                    () -> {
                      new Niceness(further - 1).applyToThisThread();
                      return LinuxThreads.ownNiceness();
                    }))
        .isEqualTo(further);
  }

  @Test
  void whatFailsOnAThreadThatStepsBackComesOut() {
    Niceness niceness = new Niceness(19);
    InferenceException failure = new InferenceException("broken", null);
    assertThatThrownBy(() ->
            niceness.during(
                "failing",
                () -> {
                  throw failure;
                }))
        .isSameAs(failure);
    StackOverflowError error = new StackOverflowError();
    assertThatThrownBy(() ->
            niceness.during(
                "failing",
                () -> {
                  throw error;
                }))
        .isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 20})
  void othersThanLinuxKnowsAreRefused(int value) {
    assertThatThrownBy(() -> new Niceness(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a niceness of [" + value + "] is none; give one from 0 to [19]");
  }

  private static CrossEncoder open(Schedule schedule) throws IOException {
    return CrossEncoder.open(
        TinyModels.bundle("bert-one-output"), ScoringOptions.defaults().withSchedule(schedule));
  }

  private static List<Integer> nicenessOf(String threads) throws IOException {
    return LinuxThreads.niceness(ProcessHandle.current(), threads);
  }
}
