/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.backbone.BackboneCatalogue;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Precision;

class BackboneShapeTest {
  private static final Path CONFIGS = SharedFiles.project("config/backbones");

  /**
   * Millions of parameters as the paper's models have them with their heads: counted from
   * transformers' models. The output of a BERT's head, under 800 numbers, is lost in rounding.
   */
  @ParameterizedTest
  @CsvSource({
    "ettin-17m, 16.86",
    "ettin-32m, 32.03",
    "minilm-l12, 33.36",
    "ettin-68m, 68.41",
    "bert-base, 109.48",
    "electra-base, 109.48",
    "roberta-base, 124.65",
    "ettin-150m, 149.61",
    "deberta-v3-base, 184.42",
    "minilm-l6, 22.71"
  })
  void aShapeHasTheParametersOfItsModel(String name, double millions) throws IOException {
    BackboneShape shape = BackboneShape.named(name, CONFIGS);
    StepShape step =
        new StepShape(name, shape.architecture(), 8, 128, Precision.FLOAT32, Device.CPU);
    assertThat(step.parameters() / 1e6).isEqualTo(millions, within(0.006));
  }

  @Test
  void everyBackboneHasAShapeOfItsFamily() throws IOException {
    BackboneCatalogue backbones = BackboneCatalogue.read(CONFIGS);
    for (String name : backbones.configs().keySet()) {
      assertThat(BackboneShape.named(name, CONFIGS).architecture().modelType())
          .as(name)
          .isEqualTo(backbones.config(name).family());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> BackboneShape.named("bert-large", CONFIGS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[bert-large] is no shape", "bert-base, deberta-v3-base");
  }

  @Test
  void impossibleStepsAreRefused() throws IOException {
    BackboneShape bert = BackboneShape.named("bert-base", CONFIGS);
    assertThatThrownBy(() ->
            new StepShape("bert-base", bert.architecture(), 12, 128, Precision.FLOAT32, Device.CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[12] pairs", "a multiple of [8]");
    assertThatThrownBy(() ->
            new StepShape("bert-base", bert.architecture(), 16, 513, Precision.FLOAT32, Device.CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[513] tokens", "[bert-base]", "[8] to [512]");
  }
}
