/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.onnx.GraphProto;
import org.stillrank.trainer.onnx.ModelProto;
import org.stillrank.trainer.onnx.NodeProto;
import org.stillrank.trainer.onnx.TensorProto;

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
    GraphProto graph = graph(file);
    Map<String, TensorProto> initializers = new LinkedHashMap<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      if (initializer.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        initializers.put(initializer.getName(), initializer);
      }
    }
    Map<String, String> biasOfProduct = biasOfProduct(graph, initializers);
    SequencedMap<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul") && initializers.containsKey(node.getInput(1))) {
        String bias = biasOfProduct.get(node.getOutput(0));
        if (bias == null) {
          throw unusable(file, "the product [" + node.getName() + "] has no named bias");
        }
        TensorProto weight = initializers.get(node.getInput(1));
        tensors.put(withoutLast(bias, "bias") + "weight", transposed(file, weight));
      }
    }
    initializers.forEach((name, tensor) -> {
      if (!name.startsWith("onnx::")) {
        tensors.put(name, tensor(file, tensor));
      }
    });
    return new OnnxWeights(headSize(file, graph), tensors);
  }

  private static Map<String, String> biasOfProduct(
      GraphProto graph, Map<String, TensorProto> initializers) {
    Map<String, String> biases = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Add")) {
        for (int side = 0; side < 2; side++) {
          String bias = node.getInput(side);
          if (initializers.containsKey(bias) && bias.endsWith(".bias")) {
            biases.put(node.getInput(1 - side), bias);
          }
        }
      }
    }
    return biases;
  }

  private static int headSize(Path file, GraphProto graph) {
    Map<String, NodeProto> producers = new HashMap<>();
    graph.getNodeList().forEach(node -> producers.put(node.getOutput(0), node));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Div")) {
        NodeProto scores = producers.get(node.getInput(0));
        NodeProto divisor = producers.get(node.getInput(1));
        if (scores != null
            && scores.getOpType().equals("MatMul")
            && divisor != null
            && divisor.getOpType().equals("Constant")) {
          float root = tensor(file, divisor.getAttribute(0).getT()).values()[0];
          return Math.round(root * root);
        }
      }
    }
    throw unusable(file, "no attention score is divided by a constant");
  }

  private static FloatTensor tensor(Path file, TensorProto proto) {
    long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    float[] values;
    if (proto.hasRawData()) {
      FloatBuffer raw =
          proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      values = new float[raw.remaining()];
      raw.get(values);
    } else {
      values = new float[proto.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = proto.getFloatData(i);
      }
    }
    if (FloatTensor.elements(shape) != values.length) {
      throw unusable(file, "the values of [" + proto.getName() + "] do not fill its shape");
    }
    return new FloatTensor(shape, values);
  }

  private static FloatTensor transposed(Path file, TensorProto proto) {
    FloatTensor stored = tensor(file, proto);
    if (stored.shape().length != 2) {
      throw unusable(file, "[" + proto.getName() + "] is no matrix");
    }
    return stored.transposed();
  }

  private static String withoutLast(String name, String ending) {
    return name.substring(0, name.length() - ending.length());
  }

  private static GraphProto graph(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ModelProto model = ModelProto.parseFrom(in);
      if (!model.hasGraph() || model.getGraph().getInitializerCount() == 0) {
        throw unusable(file, "it holds no weights");
      }
      return model.getGraph();
    } catch (IOException e) {
      throw new InvalidInputException(
          "[" + file + "] cannot be read as ONNX: " + e + "; check that it is there and whole", e);
    }
  }

  private static InvalidInputException unusable(Path file, String what) {
    return new InvalidInputException(
        "[" + file + "] is no fp32 export of a PyTorch BERT: " + what + "; give one that is");
  }
}
