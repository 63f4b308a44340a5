/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.config.ObjectiveTerm.Kind;
import org.stillrank.trainer.objective.Discount;

class TrainedBundleTest {

  @Test
  void aBundleSaysWhatWasMadeSmallAndWithWhichOptions() {
    assertThat(
            TrainedBundle.objective(
                List.of(
                    new ObjectiveTerm(Kind.INFONCE, 1, null, null, null, null),
                    new ObjectiveTerm(Kind.ADR_MSE, 0.5, 2.0, null, Discount.RECIPROCAL, null),
                    new ObjectiveTerm(Kind.BIXSE, 2, null, null, null, 3))))
        .isEqualTo(
            "1.0 * infonce + 0.5 * adr-mse{temperature=2.0, discount=reciprocal}"
                + " + 2.0 * bixse{highest_grade=3}");
  }

  @Test
  void twoKindsOfWeightsInOneFileAreRefused() {
    assertThat(TrainedBundle.models(List.of(ExportWeights.INT8_WEIGHTS, ExportWeights.FP32)))
        .containsExactly(
            entry("model.int8.onnx", Quantisation.INT8_WEIGHTS),
            entry("model.onnx", Quantisation.NONE));
    assertThatThrownBy(() ->
            TrainedBundle.models(List.of(ExportWeights.INT8_WEIGHTS, ExportWeights.INT8_PER_ROW)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[INT8_WEIGHTS, INT8_PER_ROW] would be written to [model.int8.onnx]");
  }

  @ParameterizedTest
  @EnumSource
  void anObjectiveIsNamedAsInTheConfig(Kind kind) {
    assertThat(new ObjectiveTerm(kind, 1, null, null, null, null).objective().name())
        .isEqualTo(kind.spelled());
  }
}
