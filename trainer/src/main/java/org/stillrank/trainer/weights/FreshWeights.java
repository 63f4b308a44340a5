/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Parameter;

/** Newly drawn weights, as transformers draws them. */
public final class FreshWeights {
  private FreshWeights() {}

  /** A whole network that knows nothing. */
  public static SequencedMap<String, FloatTensor> network(Architecture architecture, long seed) {
    Random random = new Random(seed);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters().values()) {
      tensors.put(parameter.name(), draw(parameter, random));
    }
    return tensors;
  }

  static FloatTensor draw(Parameter parameter, RandomGenerator random) {
    float[] values = new float[Math.toIntExact(FloatTensor.elements(parameter.shape()))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) parameter.initial().draw(random);
    }
    return new FloatTensor(parameter.shape(), values);
  }
}
