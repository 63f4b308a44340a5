/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.trainer.encoder.BertParameters;

/** The names under which BERT weights go about, brought to those of a cross-encoder. */
final class HuggingFaceNames {
  private HuggingFaceNames() {}

  /**
   * A bare body gets its prefix, the first checkpoints' gamma and beta of LayerNorm become weight
   * and bias, and heads of pre-training go.
   */
  static Map<String, FloatTensor> ofCrossEncoder(Map<String, FloatTensor> read) {
    boolean bare = read.keySet().stream().noneMatch(name -> name.startsWith(BertParameters.BODY));
    Map<String, FloatTensor> named = new LinkedHashMap<>();
    read.forEach((name, tensor) -> {
      if (!name.startsWith("cls.")) {
        boolean head = name.startsWith(BertParameters.CLASSIFIER + ".");
        String full = bare && !head ? BertParameters.BODY + name : name;
        named.put(
            full.replace("LayerNorm.gamma", "LayerNorm.weight")
                .replace("LayerNorm.beta", "LayerNorm.bias"),
            tensor);
      }
    });
    return named;
  }
}
