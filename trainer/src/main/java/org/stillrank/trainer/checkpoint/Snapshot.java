/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of a training, by parameter name; native ones, which the trainer keeps.
 *
 * @param weights the encoder's parameters
 * @param means the optimiser's running means of gradients
 * @param squares the optimiser's running means of squared gradients
 */
public record Snapshot(
    SequencedMap<String, Tensor> weights,
    SequencedMap<String, Tensor> means,
    SequencedMap<String, Tensor> squares) {

  static final String WEIGHTS = "weights.safetensors";

  Map<String, SequencedMap<String, Tensor>> byFile() {
    Map<String, SequencedMap<String, Tensor>> files = new LinkedHashMap<>();
    files.put(WEIGHTS, weights);
    files.put("gradient-means.safetensors", means);
    files.put("gradient-squares.safetensors", squares);
    return files;
  }
}
