/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.head.BatchDependence;
import org.stillrank.reranker.scoring.ScoringOptions.UnstableModels;
import org.stillrank.reranker.scoring.TinyModels.Expected;

/**
 * Scores against transformers' logits of the same models, and against themselves in other batches.
 */
class CrossEncoderTest {
  private static final ScoringOptions OPTIONS = ScoringOptions.defaults();

  @ParameterizedTest
  @ValueSource(strings = {"bert-one-output", "bert-two-outputs", "roberta-one-output"})
  void scoresAreThoseOfTransformers(String model) throws IOException {
    try (CrossEncoder encoder = CrossEncoder.open(TinyModels.bundle(model), OPTIONS)) {
      TinyModels.expectedByQuery(model)
          .forEach((query, cases) -> {
            float[] scores = encoder.score(query, passages(cases), Cancellation.NONE);
            for (int i = 0; i < scores.length; i++) {
              assertThat(scores[i])
                  .as("[%s] [%s]", query, cases.get(i).passage())
                  .isEqualTo(cases.get(i).score(), within(1e-5f));
            }
          });
    }
  }

  @Test
  void anOutputOfOneDimensionScoresLikeOneOfTwo() throws IOException {
    List<String> passages = passages(TinyModels.expected("bert-one-output"));
    try (CrossEncoder flat = CrossEncoder.open(TinyModels.bundle("bert-flat-output"), OPTIONS);
        CrossEncoder one = CrossEncoder.open(TinyModels.bundle("bert-one-output"), OPTIONS)) {
      assertThat(flat.score("bees", passages, Cancellation.NONE))
          .containsExactly(one.score("bees", passages, Cancellation.NONE), within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bert-one-output", "bert-two-outputs", "roberta-one-output", "bert-dynamic-int8"})
  void aScoreIsTheSameAloneInAnyBatchAndInAnyOrder(String model) throws IOException {
    List<String> passages = passages(TinyModels.expected("bert-one-output"));
    float[] alone = new float[passages.size()];
    try (CrossEncoder encoder =
        CrossEncoder.open(TinyModels.bundle(model), OPTIONS.withSchedule(new Schedule(1, 1, 1)))) {
      for (int i = 0; i < alone.length; i++) {
        alone[i] = encoder.score("bees", List.of(passages.get(i)), Cancellation.NONE)[0];
      }
    }
    Random random = new Random(5);
    for (Schedule schedule :
        List.of(new Schedule(2, 1, 64), new Schedule(1, 2, 512), new Schedule(3, 1, 100_000))) {
      try (CrossEncoder encoder =
          CrossEncoder.open(TinyModels.bundle(model), OPTIONS.withSchedule(schedule))) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < alone.length; i++) {
          order.add(i);
        }
        Collections.shuffle(order, random);
        float[] scores =
            encoder.score("bees", order.stream().map(passages::get).toList(), Cancellation.NONE);
        for (int i = 0; i < scores.length; i++) {
          assertThat(scores[i]).isEqualTo(alone[order.get(i)], within(1e-5f));
        }
      }
    }
  }

  @Test
  void aModelThatQuantisesPerBatchIsMarkedAndMovesOnlyWhenAskedTo() throws IOException {
    List<String> passages = passages(TinyModels.expected("bert-one-output")).subList(0, 12);
    ScoringOptions inBatches =
        OPTIONS
            .withSchedule(new Schedule(1, 1, 100_000))
            .withUnstableModels(UnstableModels.IN_BATCHES);
    try (CrossEncoder careful = CrossEncoder.open(TinyModels.bundle("bert-dynamic-int8"), OPTIONS);
        CrossEncoder careless =
            CrossEncoder.open(TinyModels.bundle("bert-dynamic-int8"), inBatches)) {
      assertThat(careful.batchDependence()).isEqualTo(BatchDependence.BATCH_DEPENDENT);
      assertThat(careful.probe().dependence())
          .as("found by scores alone, without looking at operators")
          .isEqualTo(BatchDependence.BATCH_DEPENDENT);
      float[] stable = careful.score("bees", passages, Cancellation.NONE);
      float[] moved = careless.score("bees", passages, Cancellation.NONE);
      float largest = 0;
      for (int i = 0; i < stable.length; i++) {
        largest = Math.max(largest, Math.abs(stable[i] - moved[i]));
      }
      assertThat(largest).isGreaterThan(1e-4f);
    }
  }

  @Test
  void floatModelsAreIndependent() throws IOException {
    for (String model : List.of("bert-one-output", "roberta-one-output")) {
      try (CrossEncoder encoder = CrossEncoder.open(TinyModels.bundle(model), OPTIONS)) {
        assertThat(encoder.batchDependence()).isEqualTo(BatchDependence.INDEPENDENT);
      }
    }
  }

  @Test
  void threadsMayShareOneEncoder() throws Exception {
    List<Expected> cases = TinyModels.expectedByQuery("bert-one-output").get("bees");
    try (CrossEncoder encoder = CrossEncoder.open(TinyModels.bundle("bert-one-output"), OPTIONS);
        ExecutorService callers = Executors.newFixedThreadPool(6)) {
      Callable<float[]> call = () -> encoder.score("bees", passages(cases), Cancellation.NONE);
      for (Future<float[]> scores : callers.invokeAll(Collections.nCopies(60, call))) {
        for (int i = 0; i < cases.size(); i++) {
          assertThat(scores.get()[i]).isEqualTo(cases.get(i).score(), within(1e-5f));
        }
      }
    }
  }

  @Test
  void noPassagesHaveNoScores() throws IOException {
    try (CrossEncoder encoder = CrossEncoder.open(TinyModels.bundle("bert-one-output"), OPTIONS)) {
      assertThat(encoder.score("bees", List.of(), Cancellation.NONE)).isEmpty();
    }
  }

  @Test
  void aClosedEncoderSaysSo() throws IOException {
    CrossEncoder encoder = CrossEncoder.open(TinyModels.bundle("bert-one-output"), OPTIONS);
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.score("bees", List.of("honey"), Cancellation.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static List<String> passages(List<Expected> cases) {
    return cases.stream().map(Expected::passage).toList();
  }
}
