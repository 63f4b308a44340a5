/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights and the products with them as 16-bit floats, everything between as float32, as mixed
 * precision trains: half the size, and the tensor cores of a GPU. A processor only widens them.
 */
record Fp16Weights() implements WeightFormat {
  private static final float LARGEST = 65_504;

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    String half = graph.halves(name, inRange(name, weight).transposed());
    String product = graph.node("MatMul", graph.cast(input, DataType.FLOAT16), half);
    return graph.cast(product, DataType.FLOAT);
  }

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    String rows = graph.node("Gather", graph.halves(name, inRange(name, table)), ids);
    return graph.cast(rows, DataType.FLOAT);
  }

  private static FloatTensor inRange(String name, FloatTensor weight) {
    for (float value : weight.values()) {
      if (Math.abs(value) > LARGEST) {
        throw new InvalidInputException(
            "the weight ["
                + name
                + "] has the value ["
                + value
                + "], which no 16-bit float holds; export it as fp32");
      }
    }
    return weight;
  }

  @Override
  public FloatTensor keptMatrix(String name, FloatTensor weight) {
    return rounded(weight);
  }

  @Override
  public FloatTensor keptTable(FloatTensor table) {
    return rounded(table);
  }

  private static FloatTensor rounded(FloatTensor weight) {
    float[] values = new float[weight.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.float16ToFloat(Float.floatToFloat16(weight.values()[i]));
    }
    return new FloatTensor(weight.shape(), values);
  }

  @Override
  public Agreement agreement() {
    return Agreement.NEAR;
  }
}
