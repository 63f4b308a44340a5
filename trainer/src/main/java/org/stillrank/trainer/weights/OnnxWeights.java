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
 * The weights in an ONNX export of a PyTorch BERT.
 *
 * <p>Embeddings, LayerNorms and biases are initializers that keep their names. The exporter
 * transposes the weight of a linear layer to [in, out] and renames it; its name is found through
 * the bias that is added to the product.
 *
 * @param headSize width of an attention head: the square of what the scores are divided by
 * @param tensors float32 by Hugging Face names without the model's prefix
 */
public record OnnxWeights(int headSize, SequencedMap<String, FloatTensor> tensors) {

  /**
   * Reads an fp32 export.
   *
   * @throws InvalidInputException when the file is missing, is no ONNX model, or is quantised
   */
  public static OnnxWeights read(Path file) {
    OnnxGraphFile graph = OnnxGraphFile.read(file);
    Map<String, String> biasOfProduct = biasOfProduct(graph);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("MatMul") && graph.type(node.getInput(1)) == DataType.FLOAT) {
        String bias = biasOfProduct.get(node.getOutput(0));
        if (bias == null) {
          throw graph.unusable("the product [" + node.getName() + "] has no named bias");
        }
        tensors.put(withoutLast(bias, "bias") + "weight", transposed(graph, node.getInput(1)));
      }
    }
    for (String name : graph.constants().keySet()) {
      if (graph.type(name) == DataType.FLOAT && !name.startsWith("onnx::")) {
        tensors.put(name, graph.floats(name));
      }
    }
    return new OnnxWeights(headSize(graph), tensors);
  }

  private static Map<String, String> biasOfProduct(OnnxGraphFile graph) {
    Map<String, String> biases = new HashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("Add")) {
        for (int side = 0; side < 2; side++) {
          String bias = node.getInput(side);
          if (graph.type(bias) == DataType.FLOAT && bias.endsWith(".bias")) {
            biases.put(node.getInput(1 - side), bias);
          }
        }
      }
    }
    return biases;
  }

  private static int headSize(OnnxGraphFile graph) {
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
