/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.optimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against torch's own AdamW, schedule and clipping: src/test/fixtures-scripts/adamw.py. */
final class AdamWTest {
  private final JsonNode torchSays = fixture("adamw");

  @Test
  void movesAsTorchOverTwentySteps() {
    LinearSchedule schedule =
        new LinearSchedule(
            torchSays.get("learning_rate").doubleValue(),
            torchSays.get("warmup").intValue(),
            torchSays.get("steps").intValue());
    try (PointerScope scope = new PointerScope()) {
      SequencedMap<String, Tensor> parameters = parameters();
      AdamW adam = adam(parameters);
      int step = 0;
      for (JsonNode expected : torchSays.get("trace")) {
        adam.forgetGradients();
        double loss = backward(parameters);
        assertThat(loss).isCloseTo(expected.get("loss").doubleValue(), within(1e-6));
        assertThat(adam.clip(torchSays.get("clip").doubleValue()))
            .isCloseTo(expected.get("norm").doubleValue(), within(1e-5));
        double rate = schedule.rate(step++);
        assertThat(rate).isCloseTo(expected.get("rate").doubleValue(), within(1e-12));
        adam.step(rate);
        assertClose(parameters.get("dense.weight"), expected.get("weight"));
        assertClose(parameters.get("dense.bias"), expected.get("bias"));
      }
      assertThat(step).isEqualTo(20);
    }
  }

  @Test
  void goesOnFromSavedMomentsToTheBit() {
    try (PointerScope scope = new PointerScope()) {
      SequencedMap<String, Tensor> whole = parameters();
      AdamW adam = adam(whole);
      steps(adam, whole, 5);
      SequencedMap<String, FloatTensor> weights = FloatTensor.of(whole);
      SequencedMap<String, FloatTensor> means = FloatTensor.of(adam.means());
      SequencedMap<String, FloatTensor> squares = FloatTensor.of(adam.squares());
      long done = adam.steps();
      steps(adam, whole, 5);

      SequencedMap<String, Tensor> resumed = parameters();
      AdamW other = adam(resumed);
      weights.forEach((name, tensor) -> tensor.copyTo(resumed.get(name)));
      means.forEach((name, tensor) -> tensor.copyTo(other.means().get(name)));
      squares.forEach((name, tensor) -> tensor.copyTo(other.squares().get(name)));
      other.continueFrom(done);
      steps(other, resumed, 5);

      whole.forEach((name, tensor) ->
          assertThat(FloatTensor.of(resumed.get(name)).values())
              .containsExactly(FloatTensor.of(tensor).values()));
    }
  }

  /** Against transformers' choice: src/test/fixtures-scripts/decay.py. */
  @ParameterizedTest
  @MethodSource("org.stillrank.trainer.encoder.Backbone#names")
  void decaysWhatTransformersDecays(String name) {
    Set<String> decayed = new TreeSet<>();
    try (Encoder encoder = Backbone.named(name).encoder();
        AdamW adam = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0.5));
        PointerScope scope = new PointerScope()) {
      Tensor loss = torch.zeros(1);
      for (Tensor parameter : encoder.parameters().values()) {
        FloatTensor ones = FloatTensor.of(parameter);
        Arrays.fill(ones.values(), 1);
        ones.copyTo(parameter);
        loss = loss.add(parameter.sum());
      }
      loss.mul(torch.zeros(1)).backward();
      adam.step(0.1);
      encoder
          .parameters()
          .forEach((parameter, tensor) -> {
            float value = FloatTensor.of(tensor).values()[0];
            assertThat(value).isIn(1f, 0.95f);
            if (value < 1) {
              decayed.add(parameter);
            }
          });
    }
    assertThat(decayed)
        .containsExactlyElementsOf(
            fixture("decay").path(name).valueStream().map(JsonNode::stringValue).toList());
  }

  private void steps(AdamW adam, SequencedMap<String, Tensor> parameters, int count) {
    for (int i = 0; i < count; i++) {
      adam.forgetGradients();
      backward(parameters);
      adam.step(0.01);
    }
  }

  private AdamW adam(SequencedMap<String, Tensor> parameters) {
    return new AdamW(
        parameters, AdamW.Settings.withWeightDecay(torchSays.get("weight_decay").doubleValue()));
  }

  private SequencedMap<String, Tensor> parameters() {
    SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("dense.weight", tensor("start_weight", 1, 3).requires_grad_(true));
    parameters.put("dense.bias", tensor("start_bias", 1).requires_grad_(true));
    return parameters;
  }

  private double backward(SequencedMap<String, Tensor> parameters) {
    Tensor loss =
        torch
            .linear(
                tensor("x", 16, 3),
                parameters.get("dense.weight"),
                new TensorOptional(parameters.get("dense.bias")))
            .sub(tensor("y", 16, 1))
            .square()
            .mean();
    loss.backward();
    return loss.item_double();
  }

  private Tensor tensor(String name, long... shape) {
    return AbstractTensor.create(floats(torchSays.get(name)), shape);
  }

  private static void assertClose(Tensor actual, JsonNode expected) {
    assertThat(FloatTensor.of(actual).values()).containsExactly(floats(expected), within(1e-6f));
  }

  private static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).floatValue();
    }
    return values;
  }

  private static JsonNode fixture(String name) {
    try (InputStream in = AdamWTest.class.getResourceAsStream("/optimisation/" + name + ".json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
