/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.weights.FloatTensor;

/** Against logits that Hugging Face transformers computed. */
class TransformerEncoderTest {

  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void equalsTransformersOneByOneAndPadded(String name) {
    Backbone backbone = Backbone.named(name);
    assertThat(backbone.pairs()).hasSize(5);
    assertThat(backbone.expected().deviation(Device.CPU, Precision.FLOAT32))
        .isLessThanOrEqualTo(1e-5);
  }

  /** A device without numbers stands in for one that is not there. */
  @Test
  void aBatchIsCopiedToTheParametersDevice() {
    try (PointerScope scope = new PointerScope();
        TokenBatch batch = TokenBatch.of(Backbone.named("bert").pairs())) {
      Tensor here = torch.zeros(1);
      Tensor elsewhere = here.to(new org.bytedeco.pytorch.Device("meta"), torch.ScalarType.Float);
      TokenBatch copy = batch.beside(elsewhere);
      assertThat(List.of(copy.ids(), copy.typeIds(), copy.attended())).allMatch(Tensor::is_meta);
      assertThat(copy.ids().shape()).isEqualTo(batch.ids().shape());
      assertThat(batch.beside(here)).isSameAs(batch);
    }
  }

  @Test
  void dropoutActsInTrainingOnlyAndFollowsTheSeed() {
    Backbone backbone = Backbone.named("minilm");
    try (Encoder encoder = backbone.encoder()) {
      float[] evaluated = logits(encoder, backbone.pairs());
      encoder.training();
      torch.manual_seed(7);
      float[] trained = logits(encoder, backbone.pairs());
      torch.manual_seed(7);
      assertThat(logits(encoder, backbone.pairs())).isEqualTo(trained).isNotEqualTo(evaluated);
      encoder.evaluation();
      assertThat(logits(encoder, backbone.pairs())).isEqualTo(evaluated);
    }
  }

  /** In float64, along one direction in each parameter. */
  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void everyParameterGetsTheGradientOfItsFiniteDifference(String name) {
    Backbone backbone = Backbone.named(name);
    torch.manual_seed(3);
    try (Encoder encoder = backbone.encoder(torch.ScalarType.Double);
        PointerScope scope = new PointerScope()) {
      TokenBatch batch = TokenBatch.of(shortest(backbone.pairs(), 3));
      encoder.logits(batch).square().sum().backward();
      encoder
          .parameters()
          .forEach((parameter, weight) -> {
            Tensor direction = torch.randn_like(weight.detach());
            double slope = weight.grad().mul(direction).sum().item_double();
            double above = lossAfterMoving(encoder, batch, weight, direction, 1e-5);
            double below = lossAfterMoving(encoder, batch, weight, direction, -1e-5);
            double expected = (above - below) / 2e-5;
            assertThat(slope)
                .as(parameter)
                .isCloseTo(expected, within(1e-7 + 1e-5 * Math.abs(expected)));
          });
    }
  }

  private static List<TokenPair> shortest(List<TokenPair> pairs, int count) {
    return pairs.stream().sorted(Comparator.comparing(TokenPair::length)).limit(count).toList();
  }

  private static double lossAfterMoving(
      Encoder encoder, TokenBatch batch, Tensor weight, Tensor direction, double by) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor move = direction.mul(new Scalar(by));
      weight.add_(move);
      double loss = encoder.logits(batch).square().sum().item_double();
      weight.sub_(move);
      return loss;
    }
  }

  @Test
  void bfloat16IsNearFloat32AndLeavesItAsItWas() {
    Backbone backbone = Backbone.named("minilm");
    try (Encoder encoder = backbone.encoder()) {
      float[] exact = logits(encoder, backbone.pairs());
      double norm = gradientNorm(encoder, backbone.pairs());
      encoder.computeIn(Precision.BFLOAT16);
      float[] near = logits(encoder, backbone.pairs());
      assertThat(near).isNotEqualTo(exact);
      for (int i = 0; i < exact.length; i++) {
        assertThat(near[i]).isCloseTo(exact[i], within(0.02f));
      }
      assertThat(gradientNorm(encoder, backbone.pairs())).isCloseTo(norm, withinPercentage(3));
      encoder.computeIn(Precision.FLOAT32);
      assertThat(logits(encoder, backbone.pairs())).isEqualTo(exact);
    }
  }

  private static double gradientNorm(Encoder encoder, List<TokenPair> pairs) {
    try (PointerScope scope = new PointerScope();
        TokenBatch batch = TokenBatch.of(pairs)) {
      encoder.logits(batch).square().mean().backward();
      double squares = 0;
      for (Tensor parameter : encoder.parameters().values()) {
        assertThat(parameter.grad().scalar_type().intern()).isEqualTo(torch.ScalarType.Float);
        squares += parameter.grad().square().sum().item_double();
        parameter.mutable_grad().reset();
      }
      return Math.sqrt(squares);
    }
  }

  @Test
  void refusesAConfigItCannotCompute(@TempDir Path folder) throws IOException {
    Path config = folder.resolve("config.json");
    String good = Files.readString(Backbone.named("bert").folder().resolve("config.json"));
    Files.writeString(config, good.replace("\"model_type\": \"bert\"", "\"model_type\": \"gpt2\""));
    assertThatThrownBy(() -> ConfigJson.read(config))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("config.json", "model_type", "[gpt2]", "[bert, electra");
    Files.writeString(config, good.replace("\"hidden_size\": 48", "\"hidden_size\": -1"));
    assertThatThrownBy(() -> ConfigJson.read(config)).hasMessageContaining("hidden_size [-1]");
    Files.writeString(config, "{");
    assertThatThrownBy(() -> ConfigJson.read(config)).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> ConfigJson.read(folder.resolve("none.json")))
        .hasMessageContaining("does not exist");
  }

  @Test
  void aTokenizerOfAnotherVocabularyIsNamed() {
    try (Encoder encoder = Backbone.named("bert").encoder()) {
      TokenPair foreign = new TokenPair(new int[] {1, 500}, new int[2]);
      assertThatThrownBy(() -> logits(encoder, List.of(foreign)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("token [500]", "has [500]", "tokenizer.json");
    }
  }

  private static float[] logits(Encoder encoder, List<TokenPair> pairs) {
    try (PointerScope scope = new PointerScope();
        TokenBatch batch = TokenBatch.of(pairs)) {
      return FloatTensor.of(encoder.logits(batch)).values();
    }
  }
}
