/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** What fixtures do not say; losses and gradients are compared in {@code ObjectiveCasesTest}. */
class ObjectiveTest {

  @Test
  void infoNceFindsThePositiveInAnyColumn() {
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{0.5, 2, -1}, {1, 0, 3}});
      double loss =
          new InfoNce(0.5).loss(scores, graded(List.of(0, 1, 0), List.of(0, 0, 1))).item_double();
      double first = -Math.log(Math.exp(4) / (Math.exp(1) + Math.exp(4) + Math.exp(-2)));
      double second = -Math.log(Math.exp(6) / (Math.exp(2) + Math.exp(0) + Math.exp(6)));
      assertThat(loss).isCloseTo((first + second) / 2, within(1e-12));
    }
  }

  @Test
  void marginMseOfAListIsTheMeanOfItsPairs() {
    Targets targets =
        new Targets(List.of(new ListTargets(List.of(0, 1, 0), List.of(3.0, 1.0, 7.0))));
    try (PointerScope scope = new PointerScope()) {
      double list =
          new MarginMse().loss(tensor(new double[][] {{0.5, 2, -1}}), targets).item_double();
      double againstFirst = (2 - 0.5) - (1 - 3);
      double againstThird = (2 - -1) - (1 - 7);
      assertThat(list)
          .isCloseTo(
              (againstFirst * againstFirst + againstThird * againstThird) / 2, within(1e-12));
    }
  }

  @Test
  void weightsAddUp() {
    Targets targets = Targets.positiveFirst(new double[][] {{3, 1}});
    WeightedObjectives both =
        new WeightedObjectives(
            List.of(
                new WeightedObjectives.Term(new InfoNce(1), 2),
                new WeightedObjectives.Term(new MarginMse(), 0.25)));
    assertThat(both.requirements())
        .containsExactlyInAnyOrder(
            Requirement.POSITIVE, Requirement.NEGATIVE, Requirement.TEACHER_SCORES);
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{1, 0}});
      double expected = 2 * Math.log1p(Math.exp(-1)) + 0.25 * 1;
      assertThat(both.loss(scores, targets, targets).item_double())
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void aStepWithoutPairsIsNoLossAndMovesNothing() {
    Targets ties = Targets.positiveFirst(new double[][] {{2, 2, 2}});
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{1, -4, 9}}).requires_grad_(true);
      Tensor loss = new DistillRankNet(1).loss(scores, ties);
      loss.backward();
      assertThat(loss.item_double()).isZero();
      assertThat(scores.grad().abs().max().item_double()).isZero();
    }
  }

  @Test
  void paddingHasNoGradientWhateverItHolds() {
    Targets targets =
        new Targets(
            List.of(
                new ListTargets(List.of(1, 0, 0), List.of(2.0, 1.0, 0.5)),
                new ListTargets(List.of(0, 1), List.of(-1.0, 3.0))));
    for (Objective objective : everyObjective()) {
      try (PointerScope scope = new PointerScope()) {
        Tensor scores = tensor(new double[][] {{1, -2, 0.5}, {0, 2, 700}}).requires_grad_(true);
        Tensor other = tensor(new double[][] {{1, -2, 0.5}, {0, 2, -3}});
        Tensor loss = objective.loss(scores, targets);
        loss.backward();
        assertThat(scores.grad().get(1).get(2).item_double()).as(objective.name()).isZero();
        assertThat(scores.grad().abs().max().item_double()).as(objective.name()).isPositive();
        assertThat(objective.loss(other, targets).item_double())
            .as(objective.name())
            .isEqualTo(loss.item_double());
      }
    }
  }

  @Test
  void aDocumentBesideNoOtherTeachesPointwiseObjectivesOnly() {
    Targets single = new Targets(List.of(new ListTargets(List.of(1), List.of(3.0))));
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{2}});
      assertThat(new Bce().loss(scores, single).item_double())
          .isCloseTo(Math.log1p(Math.exp(-2)), within(1e-12));
      assertThat(new Bixse(new Relevance.OfTeacher(1)).count(single)).isOne();
      for (Objective each : everyObjective()) {
        if (!(each instanceof Bce) && !(each instanceof Bixse)) {
          assertThatThrownBy(() -> each.loss(scores, single))
              .as(each.name())
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("query 0 has ");
        }
      }
    }
  }

  @Test
  void refusesTargetsThatDoNotFit() {
    assertThatThrownBy(() -> Targets.positiveFirst(new double[][] {{1, Double.NaN}}))
        .hasMessageContaining("not all finite");
    assertThatThrownBy(() -> new ListTargets(List.of(1, 0), List.of(1.0)))
        .hasMessageContaining("1 teacher scores for 2 documents");
    assertThatThrownBy(() -> new InfoNce(0)).hasMessageContaining("temperature 0.0");
    assertThatThrownBy(() -> new Hinge(Double.NaN)).hasMessageContaining("margin NaN");
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{1, 0}});
      assertThatThrownBy(() -> new MarginMse().loss(scores, Targets.positiveFirst(1, 2)))
          .hasMessageContaining("query 0 has no teacher scores");
      assertThatThrownBy(() -> new InfoNce(1).loss(scores, graded(List.of(0, 0))))
          .hasMessageContaining("query 0 has no relevant document");
      assertThatThrownBy(() -> new Hinge(1).loss(scores, graded(List.of(1, 2))))
          .hasMessageContaining("query 0 has no document beside the relevant ones");
      assertThatThrownBy(
              () -> new Bixse(new Relevance.OfGrade(2)).loss(scores, graded(List.of(3, 0))))
          .hasMessageContaining("query 0 has a grade above [2]");
      assertThatThrownBy(() -> new InfoNce(1).loss(scores, Targets.positiveFirst(3, 2)))
          .hasMessageContaining("shaped [1, 2], their targets [3, 2]");
    }
  }

  private static List<Objective> everyObjective() {
    return List.of(
        new Bce(),
        new Hinge(1),
        new InfoNce(1),
        new MarginMse(),
        new DistillRankNet(1),
        new AdrMse(1, Discount.LOG2),
        new PlackettLuce(),
        new Bixse(new Relevance.OfTeacher(1)));
  }

  @SafeVarargs
  private static Targets graded(List<Integer>... grades) {
    return new Targets(Arrays.stream(grades).map(row -> new ListTargets(row, null)).toList());
  }

  private static Tensor tensor(double[][] rows) {
    return AbstractTensor.create(
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), rows.length, rows[0].length);
  }
}
