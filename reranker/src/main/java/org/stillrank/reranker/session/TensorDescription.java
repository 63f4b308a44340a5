/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model declares about an input or output.
 *
 * @param type the element type: INT64, FLOAT; or the kind of a value that is no tensor
 * @param shape its dimensions, -1 where they vary
 */
public record TensorDescription(String type, List<Long> shape) {
  static Map<String, TensorDescription> of(Map<String, NodeInfo> nodes) {
    Map<String, TensorDescription> described = new LinkedHashMap<>();
    nodes.forEach((name, node) -> described.put(name, of(node)));
    return described;
  }

  private static TensorDescription of(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo tensor) {
      return new TensorDescription(
          tensor.type.name(), Arrays.stream(tensor.getShape()).boxed().toList());
    }
    return new TensorDescription(node.getInfo().getClass().getSimpleName(), List.of());
  }

  @Override
  public String toString() {
    return type + shape;
  }
}
