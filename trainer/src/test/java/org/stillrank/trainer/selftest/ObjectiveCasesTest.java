/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.objective.Targets;

/** Every objective against losses and gradients of torch autograd in float64. */
class ObjectiveCasesTest {
  @TempDir private Path folder;

  private static Path resource(String name) {
    return SharedFiles.project("trainer/src/test/resources/" + name);
  }

  static Stream<ObjectiveCase> cases() {
    List<ObjectiveCase> all = new ArrayList<>(ObjectiveCases.read(resource("objectives.json")));
    all.addAll(ObjectiveCases.read(resource("objectives-lists.json")));
    return all.stream();
  }

  @Test
  void theFixturesHaveEveryObjective() {
    assertThat(ObjectiveCases.read(resource("objectives.json"))).hasSize(16);
    assertThat(cases().map(each -> each.objective().name()).collect(Collectors.toSet()))
        .hasSize(ObjectiveTerm.Kind.values().length);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsAutogradInFloat64(ObjectiveCase each) {
    check(each, ScalarType.Double, 1e-9);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsAutogradInFloat32(ObjectiveCase each) {
    check(each, ScalarType.Float, 1e-5);
  }

  private static void check(ObjectiveCase each, ScalarType type, double tolerance) {
    ObjectiveCase.Deviation deviation = each.deviation(type, Device.CPU);
    assertThat(deviation.loss()).as("loss").isLessThan(tolerance);
    assertThat(deviation.gradient()).as("gradient").isLessThan(tolerance);
  }

  /** Each query a part of its own: losses and gradients add up to those of the whole. */
  @ParameterizedTest
  @MethodSource("cases")
  void partsAddUpToTheWhole(ObjectiveCase each) {
    double loss = 0;
    for (int query = 0; query < each.scores().size(); query++) {
      List<Double> scores = each.scores().get(query);
      try (PointerScope scope = new PointerScope()) {
        double[] row = scores.stream().mapToDouble(Double::doubleValue).toArray();
        Tensor student = AbstractTensor.create(row, 1, row.length).requires_grad_(true);
        Targets part = new Targets(each.targets().lists().subList(query, query + 1));
        Tensor ofPart = each.objective().loss(student, part, each.targets());
        ofPart.backward();
        loss += ofPart.item_double();
        double[] gradient = new double[row.length];
        student.grad().contiguous().data_ptr_double().get(gradient);
        double[] expected =
            each.expected().gradient().get(query).stream().mapToDouble(g -> g).toArray();
        assertThat(gradient).containsExactly(expected, within(1e-9 * (1 + each.expected().loss())));
      }
    }
    assertThat(loss).isCloseTo(each.expected().loss(), within(1e-9 * each.expected().loss()));
  }

  @Test
  void aDeviationIsSeen() {
    ObjectiveCase first = ObjectiveCases.read(resource("objectives.json")).getFirst();
    List<List<Double>> gradient = new ArrayList<>(first.expected().gradient());
    gradient.set(1, gradient.get(1).stream().map(g -> -g).toList());
    ObjectiveCase wrong =
        new ObjectiveCase(
            first.name(),
            first.objective(),
            first.targets(),
            first.scores(),
            new ObjectiveCase.Result(first.expected().loss() * 2, gradient));
    assertThat(wrong.deviation(ScalarType.Double, Device.CPU).loss()).isCloseTo(0.5, within(1e-9));
    assertThat(wrong.deviation(ScalarType.Double, Device.CPU).gradient()).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"objective\": \"Hinge\" | \"objective\": \"LambdaRank\" | case 2: [objective] is [LambdaRank], not one of [BCE,",
        "\"margin\": 2.0 | \"discount\": \"log2\" | case 2: [discount] is only for kind adr-mse, not for [hinge]",
        "\"margin\": 2.0 | \"margin\": \"wide\" | case 2: [margin] is [\"wide\"], not a finite number",
        "\"loss\": 1.5 | \"lost\": 1.5 | case 2: [loss] is [], not a finite number",
        "\"loss\": 1.5 | \"loss\": 1e999 | case 2: [loss] is [",
        "\"loss\": 1.5 | \"loss\": NaN | is no JSON: Non-standard token 'NaN'",
        "[0.5, -0.5] | [0.5] | case 2: [gradient] has rows of [1] numbers, [scores] of [2]",
        "[0.5, -0.5] | [0.5, null] | case 2: [gradient] has the row [[0.5,null]], not finite numbers",
        "\"positive_column\": 0 | \"positive_column\": 2 | case 2: [hinge] is given a list that has no relevant document",
        "\"cases\" | \"case\" | has no [cases]",
        "]}]} | ]}] | is no JSON",
      })
  void refusesWithTheFileTheCaseAndTheField(String part, String instead, String message)
      throws IOException {
    String good =
        "{\"cases\": [{\"objective\": \"BCE\", \"scores\": [[1]], \"loss\": 1, \"gradient\": [[1]]},"
            + " {\"objective\": \"Hinge\", \"margin\": 2.0, \"positive_column\": 0,"
            + " \"scores\": [[1, 2]], \"loss\": 1.5, \"gradient\": [[0.5, -0.5]]}]}";
    assertThat(good).contains(part);
    Path file = folder.resolve("cases.json");
    assertThat(ObjectiveCases.read(Files.writeString(file, good))).hasSize(2);
    Files.writeString(file, good.replace(part, instead));
    assertThatThrownBy(() -> ObjectiveCases.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cases.json]")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> ObjectiveCases.read(folder.resolve("nowhere.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere.json] is no file");
  }
}
