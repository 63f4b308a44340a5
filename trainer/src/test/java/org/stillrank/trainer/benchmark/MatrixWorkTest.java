/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.ConfigJson;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.Sizes;
import org.stillrank.trainer.encoder.TokenBatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MatrixWorkTest {
  private static JsonNode counted;

  @TempDir private Path folder;

  @BeforeAll
  static void whatTorchCounts() throws IOException {
    try (InputStream in = MatrixWorkTest.class.getResourceAsStream("/benchmark/flops.json")) {
      counted = JsonMapper.shared().readTree(in);
    }
  }

  /**
   * The last layer, of which only the first token is read, is computed for that one alone here, and
   * for all of them in transformers; so the work of one more layer in between is compared.
   */
  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void aLayerTakesWhatTorchCountsInTransformers(String name) throws IOException {
    JsonNode models = counted.path("models").path(name);
    double layer = forward(Backbone.named(name).architecture()) - forward(withOneLayerFewer(name));
    for (StepPart part : List.of(StepPart.FORWARD, StepPart.BACKWARD)) {
      String way = part.name().toLowerCase(Locale.ROOT);
      assertThat(part.forwards() * layer)
          .as(way)
          .isEqualTo(
              models.path("all").path(way).doubleValue()
                  - models.path("fewer").path(way).doubleValue());
    }
  }

  private static double forward(Architecture architecture) {
    return MatrixWork.forward(
        architecture, counted.path("pairs").intValue(), counted.path("tokens").intValue());
  }

  private Architecture withOneLayerFewer(String name) throws IOException {
    Path config = Backbone.named(name).folder().resolve("config.json");
    ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(config);
    root.put("num_hidden_layers", root.path("num_hidden_layers").intValue() - 1);
    return ConfigJson.read(Files.writeString(folder.resolve("config.json"), root.toString()));
  }

  /** Every linear layer as it really runs, the last one with its single reader. */
  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "electra-projected", "modernbert-cls"})
  void linearLayersAreCountedAsTheyRun(String name) {
    Backbone backbone = Backbone.named(name);
    DoubleAdder linear = new DoubleAdder();
    int length = 24;
    try (PointerScope scope = new PointerScope();
        Encoder encoder = backbone.encoder()) {
      encoder.observe((weight, input) -> {
        long out = encoder.architecture().parameters().get(weight).shape()[0];
        linear.add(2.0 * input.numel() * out);
      });
      TokenPair pair = new TokenPair(new int[length], new int[length]);
      encoder.logits(TokenBatch.of(List.of(pair, pair)));
    }
    Architecture architecture = backbone.architecture();
    Sizes sizes = architecture.sizes();
    double readers = length * (sizes.layers() - 1.0) + 1;
    assertThat(MatrixWork.forward(architecture, 2, length))
        .isEqualTo(linear.sum() + 4 * 2 * readers * length * sizes.hidden());
  }
}
