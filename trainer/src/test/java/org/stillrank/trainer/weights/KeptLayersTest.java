/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.Encoder;

class KeptLayersTest {
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "electra", "deberta-v3"})
  void theShallowerNetworkHasTheirWeightsInOrder(String backbone) {
    StartWeights whole = start(backbone);
    int last = whole.architecture().sizes().layers() - 1;
    StartWeights kept = KeptLayers.of(List.of(last)).in(whole);

    assertThat(kept.tensors().keySet())
        .containsExactlyElementsOf(kept.architecture().parameters().keySet());
    kept.tensors()
        .forEach((name, tensor) -> {
          String before = name.replace(".layer.0.", ".layer." + last + ".");
          assertThat(tensor).isSameAs(whole.tensors().get(before));
        });
    assertThat(last).isPositive();
    try (Encoder encoder = kept.encoder()) {
      assertThat(encoder.architecture().sizes().layers()).isOne();
    }
  }

  @Test
  void layersThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> KeptLayers.of(List.of(0, 7)).in(start("bert")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[start_layers] is [0, 7]");
  }

  @Test
  void onlyAscendingIndicesAreLayers() {
    for (List<Integer> indices : List.of(List.<Integer>of(), List.of(-1), List.of(1, 1))) {
      assertThatThrownBy(() -> KeptLayers.of(indices))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("[start_layers] is " + indices);
    }
  }

  @Test
  void layersOfModernBertKeepTheirPlaces() {
    assertThatThrownBy(() -> KeptLayers.of(List.of(0)).in(start("modernbert-cls")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[start_layers] is not for ModernBERT");
  }

  private static StartWeights start(String backbone) {
    return StartWeights.ofFolder(Backbone.named(backbone).folder(), 1);
  }
}
