/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.stillrank.trainer.encoder.BertParameters;
import org.stillrank.trainer.encoder.EncoderConfig;

/**
 * Newly drawn weights as transformers draws them: matrices from a normal distribution with the
 * config's {@code initializer_range}, biases 0, LayerNorm weights 1.
 */
public final class FreshWeights {
  private FreshWeights() {}

  /** A whole network that knows nothing. */
  public static SequencedMap<String, FloatTensor> network(EncoderConfig config, long seed) {
    Random random = new Random(seed);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> parameter : BertParameters.shapes(config).entrySet()) {
      tensors.put(
          parameter.getKey(), draw(parameter.getKey(), parameter.getValue(), config, random));
    }
    return tensors;
  }

  static FloatTensor draw(String name, long[] shape, EncoderConfig config, Random random) {
    float[] values = new float[Math.toIntExact(FloatTensor.elements(shape))];
    if (name.endsWith("LayerNorm.weight")) {
      Arrays.fill(values, 1);
    } else if (!name.endsWith(".bias")) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * config.initializerRange());
      }
    }
    return new FloatTensor(shape, values);
  }
}
