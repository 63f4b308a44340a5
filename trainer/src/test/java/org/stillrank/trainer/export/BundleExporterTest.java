/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.reranker.session.OnnxSession;
import org.stillrank.reranker.session.SessionSettings;
import org.stillrank.reranker.session.Termination;
import org.stillrank.reranker.session.TokenInputs;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.FreshWeights;
import org.stillrank.trainer.weights.SafetensorsFile;
import org.stillrank.trainer.weights.StartWeights;

class BundleExporterTest {
  @TempDir Path folder;

  /** The oracle is transformers, not our encoder. */
  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void theGraphAnswersWhatTransformersDoes(String name) throws IOException {
    Backbone backbone = Backbone.named(name);
    Path file = write(backbone, new Fp32Weights());
    float[] padded = run(file, backbone.pairs());
    for (int i = 0; i < padded.length; i++) {
      assertThat((double) padded[i]).isCloseTo(backbone.padded(i), within(1e-5));
      float alone = run(file, List.of(backbone.pairs().get(i)))[0];
      assertThat((double) alone).isCloseTo(backbone.alone(i), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void int8WeightsAnswerAloneAsInAnyBatch(String name) throws IOException {
    Backbone backbone = Backbone.named(name);
    assertIndependent(backbone, new Int8Weights(calibration(backbone)), 0.02);
  }

  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void int8PerRowAnswersAloneAsInAnyBatch(String name) throws IOException {
    Backbone backbone = Backbone.named(name);
    assertIndependent(backbone, new Int8PerRow(calibration(backbone)), 0.06);
  }

  /** Eight bits lose something, but not the answer. */
  private void assertIndependent(Backbone backbone, WeightFormat format, double loss)
      throws IOException {
    Path file = write(backbone, format);
    List<TokenPair> pairs = new ArrayList<>(backbone.pairs());
    float[] together = run(file, pairs);
    Collections.reverse(pairs);
    float[] reversed = run(file, pairs);
    for (int i = 0; i < together.length; i++) {
      float alone = run(file, List.of(backbone.pairs().get(i)))[0];
      assertThat(together[i]).isCloseTo(alone, within(1e-5f));
      assertThat(reversed[together.length - 1 - i]).isCloseTo(alone, within(1e-5f));
      assertThat((double) alone).isCloseTo(backbone.alone(i), within(loss));
    }
  }

  @Test
  void aMiniLmOfSixLayersIsTwentyThreeMegabytes() throws IOException {
    Architecture config = BertLike.bertUncased(6, 384, 12, 1536);
    SequencedMap<String, FloatTensor> weights = FreshWeights.network(config, 1);
    TokenPair pair = new TokenPair(new int[] {101, 102, 102}, new int[] {0, 0, 1});
    try (Encoder encoder = new StartWeights(config, weights, List.of()).encoder()) {
      WeightFormat format = new Int8Weights(Calibration.of(encoder, List.of(pair)));
      int size = CrossEncoderGraph.of(config, weights, format).getSerializedSize();
      assertThat(size).isBetween(22_000_000, 24_500_000);
    }
  }

  @Test
  void anExportThatAnswersOtherwiseIsRefused() throws IOException {
    Backbone backbone = Backbone.named("bert");
    Path file = write(backbone, new Fp32Weights());
    StartWeights start = StartWeights.ofFolder(backbone.folder(), 1);
    SequencedMap<String, FloatTensor> others = new LinkedHashMap<>(start.tensors());
    others.put("classifier.bias", new FloatTensor(new long[] {1}, new float[] {1}));
    try (Encoder other = new StartWeights(start.architecture(), others, List.of()).encoder()) {
      assertThatThrownBy(() -> SelfCheck.compare(file, other, backbone.pairs(), Agreement.EXACT))
          .isInstanceOf(ExportMismatchException.class)
          .hasMessageContainingAll("model.onnx", "pair 0", "nothing was exported");
    }
    try (Encoder same = start.encoder()) {
      SelfCheck.compare(file, same, backbone.pairs(), Agreement.EXACT);
    }
  }

  private static Calibration calibration(Backbone backbone) {
    try (Encoder encoder = StartWeights.ofFolder(backbone.folder(), 1).encoder()) {
      return Calibration.of(encoder, backbone.pairs());
    }
  }

  private Path write(Backbone backbone, WeightFormat format) throws IOException {
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      CrossEncoderGraph.of(
              backbone.architecture(),
              SafetensorsFile.read(backbone.folder().resolve("model.safetensors")),
              format)
          .writeTo(out);
    }
    return file;
  }

  private static float[] run(Path file, List<TokenPair> pairs) {
    try (OnnxSession session =
        OnnxSession.open(file, file.toString(), new SessionSettings(1), "test")) {
      return session.run(new TokenInputs().fill(pairs, 0), "logits", new Termination()).values();
    }
  }
}
