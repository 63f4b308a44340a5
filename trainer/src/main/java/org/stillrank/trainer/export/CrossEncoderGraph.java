/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Parameter;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * A cross-encoder as a portable ONNX graph: inputs {@code input_ids}, {@code attention_mask} and,
 * where the network reads it, {@code token_type_ids}, int64 [batch, length]; output {@code logits},
 * float32 [batch, 1].
 */
final class CrossEncoderGraph {
  private CrossEncoderGraph() {}

  /**
   * @param weights every one of {@link Architecture#parameters}
   */
  static ModelProto of(
      Architecture architecture, Map<String, FloatTensor> weights, WeightFormat format) {
    OnnxGraph graph = new OnnxGraph();
    OnnxOperations operations = new OnnxOperations(graph, architecture, weights, format);
    graph.output("logits", architecture.logit(operations, architecture.vector(operations)));
    return graph.model();
  }

  /** The weights as a graph in this format holds them. */
  static SequencedMap<String, FloatTensor> kept(
      Architecture architecture, Map<String, FloatTensor> weights, WeightFormat format) {
    SequencedMap<String, FloatTensor> kept = new LinkedHashMap<>();
    for (Parameter parameter : architecture.parameters().values()) {
      FloatTensor weight = weights.get(parameter.name());
      if (weight == null) {
        throw new IllegalArgumentException("no weight [" + parameter.name() + "]");
      }
      kept.put(
          parameter.name(),
          switch (parameter.role()) {
            case LOOKUP -> format.keptTable(weight);
            case MATRIX ->
                formatted(parameter) ? format.keptMatrix(parameter.name(), weight) : weight;
            case TABLE, BIAS, NORM -> weight;
          });
    }
    return kept;
  }

  /** The head decides the score and is small: it stays float32 in every format. */
  static boolean formatted(Parameter matrix) {
    return matrix.part() == Parameter.Part.BODY;
  }
}
