/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.trainer.weights.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against losses and gradients of torch autograd in float64. */
class ObjectiveTest {

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = ObjectiveTest.class.getResourceAsStream("/objectives.json")) {
      return JsonMapper.shared()
          .readTree(in)
          .path("cases")
          .valueStream()
          .filter(each -> List.of("InfoNCE", "MarginMSE").contains(name(each)))
          .toList()
          .stream();
    }
  }

  @Test
  void theFixtureHasBothObjectives() throws IOException {
    assertThat(cases().map(ObjectiveTest::name)).contains("InfoNCE", "MarginMSE").hasSize(4);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsAutogradInFloat64(JsonNode expected) {
    check(expected, ScalarType.Double, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsAutogradInFloat32(JsonNode expected) {
    check(expected, ScalarType.Float, 1e-5);
  }

  private static void check(JsonNode expected, ScalarType type, double tolerance) {
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(rows(expected.path("scores"))).to(type).requires_grad_(true);
      Tensor loss = objective(expected).loss(scores, targets(expected));
      loss.backward();
      assertThat(loss.scalar_type().intern()).isEqualTo(type);
      assertRelative(loss.item_double(), expected.path("loss").doubleValue(), 1, tolerance);
      double[] wanted = flat(rows(expected.path("gradient")));
      double scale = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
      double[] actual = doubles(scores.grad());
      assertThat(actual).hasSameSizeAs(wanted);
      for (int i = 0; i < wanted.length; i++) {
        assertRelative(actual[i], wanted[i], scale, tolerance);
      }
    }
  }

  /** Relative, but not below the resolution that the largest of the values leaves. */
  private static void assertRelative(double actual, double wanted, double scale, double tolerance) {
    assertThat(actual).isCloseTo(wanted, within(tolerance * Math.max(Math.abs(wanted), scale)));
  }

  @Test
  void infoNceFindsThePositiveInAnyColumn() {
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{0.5, 2, -1}, {1, 0, 3}});
      double loss =
          new InfoNce(0.5).loss(scores, new Targets(new int[] {1, 2}, null)).item_double();
      double first = -Math.log(Math.exp(4) / (Math.exp(1) + Math.exp(4) + Math.exp(-2)));
      double second = -Math.log(Math.exp(6) / (Math.exp(2) + Math.exp(0) + Math.exp(6)));
      assertThat(loss).isCloseTo((first + second) / 2, within(1e-12));
    }
  }

  @Test
  void marginMseOfAListIsTheMeanOfItsPairs() {
    double[][] scores = {{0.5, 2, -1}};
    double[][] teacher = {{3, 1, 7}};
    try (PointerScope scope = new PointerScope()) {
      double list =
          new MarginMse().loss(tensor(scores), new Targets(new int[] {1}, teacher)).item_double();
      double againstFirst = (2 - 0.5) - (1 - 3);
      double againstThird = (2 - -1) - (1 - 7);
      assertThat(list)
          .isCloseTo(
              (againstFirst * againstFirst + againstThird * againstThird) / 2, within(1e-12));
    }
  }

  @Test
  void weightsAddUp() {
    double[][] teacher = {{3, 1}};
    WeightedObjectives both =
        new WeightedObjectives(
            List.of(
                new WeightedObjectives.Term(new InfoNce(1), 2),
                new WeightedObjectives.Term(new MarginMse(), 0.25)));
    assertThat(both.requirements())
        .containsExactlyInAnyOrder(Requirement.POSITIVE, Requirement.TEACHER_SCORES);
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{1, 0}});
      double expected = 2 * Math.log1p(Math.exp(-1)) + 0.25 * 1;
      assertThat(both.loss(scores, Targets.positiveFirst(teacher)).item_double())
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void refusesTargetsThatDoNotFit() {
    assertThatThrownBy(() -> Targets.positiveFirst(new double[][] {{1, Double.NaN}}))
        .hasMessageContaining("not all finite");
    assertThatThrownBy(() -> new InfoNce(0)).hasMessageContaining("temperature 0.0");
    try (PointerScope scope = new PointerScope()) {
      Tensor scores = tensor(new double[][] {{1, 0}});
      assertThatThrownBy(() -> new MarginMse().loss(scores, Targets.positiveFirst(1)))
          .hasMessageContaining("needs teacher scores");
      assertThatThrownBy(() -> new InfoNce(1).loss(scores, new Targets(new int[] {2}, null)))
          .hasMessageContaining("positive column 2 of 2");
      assertThatThrownBy(() -> new InfoNce(1).loss(scores, Targets.positiveFirst(3)))
          .hasMessageContaining("3 positives for 1 queries");
      assertThatThrownBy(
              () -> new MarginMse().loss(scores, Targets.positiveFirst(new double[][] {{1, 2, 3}})))
          .hasMessageContaining("not shaped [1, 2]");
    }
  }

  private static Objective objective(JsonNode expected) {
    return name(expected).equals("InfoNCE")
        ? new InfoNce(expected.path("temperature").doubleValue())
        : new MarginMse();
  }

  private static Targets targets(JsonNode expected) {
    return name(expected).equals("InfoNCE")
        ? Targets.positiveFirst(expected.path("scores").size())
        : Targets.positiveFirst(rows(expected.path("teacher_scores")));
  }

  private static String name(JsonNode expected) {
    return expected.path("objective").asString();
  }

  private static double[][] rows(JsonNode node) {
    return node.valueStream()
        .map(row -> row.valueStream().mapToDouble(JsonNode::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static Tensor tensor(double[][] rows) {
    return AbstractTensor.create(flat(rows), rows.length, rows[0].length);
  }

  private static double[] doubles(Tensor tensor) {
    if (tensor.scalar_type().intern() == ScalarType.Float) {
      float[] narrow = FloatTensor.of(tensor).values();
      double[] wide = new double[narrow.length];
      Arrays.setAll(wide, i -> narrow[i]);
      return wide;
    }
    double[] values = new double[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_double().get(values);
    return values;
  }
}
