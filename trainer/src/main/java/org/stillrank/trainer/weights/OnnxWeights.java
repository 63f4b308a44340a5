/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.onnx.NodeProto;
import org.stillrank.trainer.onnx.TensorProto.DataType;

/**
 * The weights in a PyTorch model's ONNX export.
 *
 * <p>Embeddings, LayerNorms and biases are initializers that keep their names. The exporter
 * transposes the weight of a linear layer to [in, out] and renames it; its name is found through
 * the bias that is added to the product, or else through the module that the product is named for.
 *
 * @param tensors float32 by the names that they have in PyTorch
 */
record OnnxWeights(OnnxGraphFile graph, SequencedMap<String, FloatTensor> tensors) {
  private static final String PRODUCT = "/MatMul";

  /**
   * Reads an fp32 export.
   *
   * @throws InvalidInputException when the file is missing, is no ONNX model, or is quantised
   */
  static OnnxWeights read(Path file) {
    OnnxGraphFile graph = OnnxGraphFile.read(file);
    Map<String, String> layerOfProduct = layerOfProduct(graph);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("MatMul") && graph.type(node.getInput(1)) == DataType.FLOAT) {
        String layer = layerOfProduct.get(node.getOutput(0));
        if (layer == null) {
          throw graph.unusable("nothing tells which layer the product [" + node.getName() + "] is");
        }
        tensors.put(layer + ".weight", transposed(graph, node.getInput(1)));
      }
    }
    for (String name : graph.constants().keySet()) {
      if (graph.type(name) == DataType.FLOAT && !name.startsWith("onnx::")) {
        tensors.put(name, graph.floats(name));
      }
    }
    return new OnnxWeights(graph, tensors);
  }

  private static Map<String, String> layerOfProduct(OnnxGraphFile graph) {
    Map<String, String> layers = new HashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("Add")) {
        for (int side = 0; side < 2; side++) {
          String bias = node.getInput(side);
          if (graph.type(bias) == DataType.FLOAT && bias.endsWith(".bias")) {
            layers.put(node.getInput(1 - side), withoutLast(bias, ".bias"));
          }
        }
      } else if (node.getName().startsWith("/") && node.getName().endsWith(PRODUCT)) {
        String module = withoutLast(node.getName().substring(1), PRODUCT).replace('/', '.');
        layers.putIfAbsent(node.getOutput(0), module);
      }
    }
    return layers;
  }

  /**
   * Width of an attention head: the square of what a BERT's scores are divided by.
   *
   * @throws InvalidInputException when they are not
   */
  int headSize() {
    Map<String, NodeProto> producers = new HashMap<>();
    graph.nodes().forEach(node -> producers.put(node.getOutput(0), node));
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("Div")) {
        NodeProto scores = producers.get(node.getInput(0));
        NodeProto divisor = producers.get(node.getInput(1));
        if (scores != null
            && scores.getOpType().equals("MatMul")
            && divisor != null
            && divisor.getOpType().equals("Constant")) {
          float root = graph.floats(divisor.getAttribute(0).getT()).values()[0];
          return Math.round(root * root);
        }
      }
    }
    throw graph.unusable("no attention score is divided by a constant");
  }

  private static FloatTensor transposed(OnnxGraphFile graph, String name) {
    FloatTensor stored = graph.floats(name);
    if (stored.shape().length != 2) {
      throw graph.unusable("[" + name + "] is no matrix");
    }
    return stored.transposed();
  }

  private static String withoutLast(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }
}
