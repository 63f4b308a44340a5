/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Parameter;

/** The names under which a family's weights go about, brought to those of a cross-encoder. */
final class HuggingFaceNames {
  /** Buffers that some versions of transformers saved beside the weights. */
  private static final String POSITION_IDS = "position_ids";

  private HuggingFaceNames() {}

  /**
   * A bare body gets its prefix, the first checkpoints' gamma and beta of LayerNorm become weight
   * and bias, and heads of pre-training go.
   */
  static Map<String, FloatTensor> ofCrossEncoder(
      Architecture architecture, Map<String, FloatTensor> read) {
    String prefix = architecture.bodyPrefix();
    boolean bare = read.keySet().stream().noneMatch(name -> name.startsWith(prefix));
    Map<String, FloatTensor> named = new LinkedHashMap<>();
    read.forEach((name, tensor) -> {
      boolean dropped =
          name.endsWith(POSITION_IDS)
              || architecture.pretrainingHeads().stream().anyMatch(name::startsWith);
      if (!dropped) {
        String full = bare && !isHead(architecture, name) ? prefix + name : name;
        named.put(
            full.replace("LayerNorm.gamma", "LayerNorm.weight")
                .replace("LayerNorm.beta", "LayerNorm.bias"),
            tensor);
      }
    });
    return named;
  }

  private static boolean isHead(Architecture architecture, String name) {
    Parameter known = architecture.parameters().get(name);
    return known != null && known.part() == Parameter.Part.HEAD;
  }
}
