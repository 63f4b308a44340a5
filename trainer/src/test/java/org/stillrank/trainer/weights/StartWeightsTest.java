/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;

class StartWeightsTest {
  private static final String POOLER = "bert.pooler.dense.weight";
  private static final String CLASSIFIER = "classifier.weight";

  @TempDir Path folder;

  @Test
  void aWholeCrossEncoderNeedsNothingFresh() {
    StartWeights start = StartWeights.ofFolder(Backbone.named("bert").folder(), 1);
    assertThat(start.fresh()).isEmpty();
    assertThat(start.tensors()).hasSize(4 + 1 + 3 * 16 + 4);
  }

  @Test
  void aBareBodyGetsASeededHead() throws IOException {
    Path bare =
        copyOf(tensors -> {
          SequencedMap<String, FloatTensor> body = new LinkedHashMap<>();
          tensors.forEach((name, tensor) -> {
            if (name.startsWith("bert.") && !name.contains("pooler")) {
              body.put(name.substring("bert.".length()), tensor);
            }
          });
          body.put("cls.predictions.bias", new FloatTensor(new long[] {1}, new float[1]));
          return body;
        });
    StartWeights start = StartWeights.ofFolder(bare, 1);
    assertThat(start.fresh())
        .containsExactly(POOLER, "bert.pooler.dense.bias", CLASSIFIER, "classifier.bias");
    float[] drawn = start.tensors().get(POOLER).values();
    double squares = 0;
    for (float value : drawn) {
      squares += (double) value * value;
    }
    assertThat(Math.sqrt(squares / drawn.length)).isCloseTo(0.02, within(0.002));
    assertThat(start.tensors().get("classifier.bias").values()).containsExactly(0f);
    assertThat(StartWeights.ofFolder(bare, 1).tensors().get(POOLER).values()).isEqualTo(drawn);
    assertThat(StartWeights.ofFolder(bare, 2).tensors().get(POOLER).values()).isNotEqualTo(drawn);
  }

  @Test
  void everyMissingUnexpectedAndMisshapenNameIsListed() throws IOException {
    Path wrong =
        copyOf(tensors -> {
          tensors.remove("bert.encoder.layer.2.output.dense.bias");
          tensors.put("bert.extra.weight", new FloatTensor(new long[] {1}, new float[1]));
          tensors.put(CLASSIFIER, new FloatTensor(new long[] {2, 48}, new float[96]));
          return tensors;
        });
    assertThatThrownBy(() -> StartWeights.ofFolder(wrong, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "model.safetensors",
            "missing [bert.encoder.layer.2.output.dense.bias]",
            "unexpected [bert.extra.weight]",
            "classifier.weight is [2, 48], not [1, 48]");
  }

  @Test
  void anEmptyFolderIsNamed() {
    assertThatThrownBy(() -> StartWeights.ofFolder(folder, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(folder.toString(), "model.safetensors", "model.onnx");
  }

  /** As PyTorch's exporter writes them, onnx_exports.py. */
  @ParameterizedTest
  @ValueSource(strings = {"minilm", "roberta", "electra-projected", "deberta-v3", "modernbert-cls"})
  void anExportGivesTheWeightsItWasMadeOf(String backbone) throws IOException {
    Path original = Backbone.named(backbone).folder();
    Files.copy(original.resolve("config.json"), folder.resolve("config.json"));
    Files.copy(
        SharedFiles.project("trainer/src/test/resources/onnx-exports/" + backbone + ".onnx"),
        folder.resolve("model.onnx"));
    StartWeights start = StartWeights.ofFolder(folder, 1);
    StartWeights expected = StartWeights.ofFolder(original, 1);
    assertThat(start.architecture()).isEqualTo(expected.architecture());
    assertThat(start.fresh()).isEmpty();
    assertThat(start.tensors().keySet()).isEqualTo(expected.tensors().keySet());
    start
        .tensors()
        .forEach((name, tensor) ->
            assertThat(tensor.values()).as(name).isEqualTo(expected.tensors().get(name).values()));
  }

  @Test
  void aFileThatIsNoOnnxIsNamed() throws IOException {
    Path onnx = folder.resolve("model.onnx");
    Files.writeString(onnx, "not a model");
    assertThatThrownBy(() -> StartWeights.ofOnnx(onnx, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx");
  }

  /** ONNX Runtime runs the artifact's own file; a head that shows [CLS] makes both comparable. */
  @Test
  void anOnnxExportGivesTheBodyThatTheRuntimeComputes() throws IOException, OrtException {
    Path onnx = MiniLm.onnx(folder);
    StartWeights start = StartWeights.ofOnnx(onnx, 1);
    assertThat(start.architecture().sizes().layers()).isEqualTo(6);
    assertThat(start.architecture().sizes().heads()).isEqualTo(12);
    assertThat(start.architecture().sizes().vocabulary()).isEqualTo(30_522);
    int hidden = start.architecture().sizes().hidden();
    float[] identity = new float[hidden * hidden];
    float[] ramp = new float[hidden];
    for (int i = 0; i < hidden; i++) {
      identity[i * hidden + i] = 1;
      ramp[i] = (i % 7 - 3) / 7f;
    }
    start.tensors().put(POOLER, new FloatTensor(new long[] {hidden, hidden}, identity));
    start.tensors().put(CLASSIFIER, new FloatTensor(new long[] {1, hidden}, ramp));
    int[] ids = {101, 2129, 2003, 1996, 3712, 102, 2009, 2003, 2630, 102};
    int[] types = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
    double expected = 0;
    float[] cls = cls(onnx, ids, types);
    for (int i = 0; i < hidden; i++) {
      expected += ramp[i] * Math.tanh(cls[i]);
    }
    try (Encoder encoder = start.encoder();
        PointerScope scope = new PointerScope()) {
      TokenBatch batch = TokenBatch.of(List.of(new TokenPair(ids, types)));
      assertThat(encoder.logits(batch).item_double()).isCloseTo(expected, within(1e-5));
    }
  }

  private static float[] cls(Path onnx, int[] ids, int[] types) throws OrtException {
    long[][] wideIds = new long[1][ids.length];
    long[][] wideTypes = new long[1][ids.length];
    long[][] mask = new long[1][ids.length];
    for (int i = 0; i < ids.length; i++) {
      wideIds[0][i] = ids[i];
      wideTypes[0][i] = types[i];
      mask[0][i] = 1;
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx.toString());
        OnnxTensor idTensor = OnnxTensor.createTensor(environment, wideIds);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, wideTypes);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "token_type_ids", typeTensor,
                    "attention_mask", maskTensor))) {
      return ((float[][][]) result.get(0).getValue())[0][0];
    }
  }

  private Path copyOf(UnaryOperator<SequencedMap<String, FloatTensor>> change) throws IOException {
    Path original = Backbone.named("bert").folder();
    Files.copy(original.resolve("config.json"), folder.resolve("config.json"));
    SequencedMap<String, FloatTensor> changed =
        change.apply(SafetensorsFile.read(original.resolve("model.safetensors")));
    AtomicOutput.file(
        folder.resolve("model.safetensors"), out -> SafetensorsFile.write(out, changed));
    return folder;
  }
}
