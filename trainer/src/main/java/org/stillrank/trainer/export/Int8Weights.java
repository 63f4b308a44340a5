/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.List;
import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights as symmetric 8-bit integers with one scale for each output of a linear layer and each row
 * of a table.
 *
 * <p>They are widened by Cast and Mul, not by DequantizeLinear: runtimes fold the former into
 * float32 constants when they load a model, but keep the latter for each run. So a run costs what
 * float32 costs, and no score depends on its batch. Tables are widened after the lookup.
 */
record Int8Weights() implements WeightFormat {
  private static final int LARGEST = 127;

  @Override
  public String matrix(OnnxGraph graph, String name, FloatTensor weight) {
    Rows rows = Rows.of(weight);
    long[] transposed = {weight.shape()[1], weight.shape()[0]};
    String bytes = graph.bytes(name, transposed, rows.transposedBytes());
    String scales =
        graph.floats(
            name + ".scale", new FloatTensor(new long[] {rows.scales().length}, rows.scales()));
    return graph.node("Mul", widened(graph, bytes), scales);
  }

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    Rows rows = Rows.of(table);
    String bytes = graph.node("Gather", graph.bytes(name, table.shape(), rows.bytes()), ids);
    String scales =
        graph.floats(
            name + ".scale", new FloatTensor(new long[] {rows.scales().length, 1}, rows.scales()));
    return graph.node("Mul", widened(graph, bytes), graph.node("Gather", scales, ids));
  }

  private static String widened(OnnxGraph graph, String bytes) {
    return graph.node(
        "Cast", List.of(bytes), OnnxGraph.attribute("to", (long) DataType.FLOAT.getNumber()));
  }

  @Override
  public FloatTensor rounded(FloatTensor weight) {
    Rows rows = Rows.of(weight);
    float[] values = new float[weight.values().length];
    int width = Math.toIntExact(weight.shape()[1]);
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.bytes()[i] * rows.scales()[i / width];
    }
    return new FloatTensor(weight.shape(), values);
  }

  @SuppressWarnings("ArrayRecordComponent") // lives only while one weight is written
  private record Rows(byte[] bytes, float[] scales) {

    static Rows of(FloatTensor matrix) {
      int rows = Math.toIntExact(matrix.shape()[0]);
      int width = Math.toIntExact(matrix.shape()[1]);
      byte[] bytes = new byte[rows * width];
      float[] scales = new float[rows];
      for (int row = 0; row < rows; row++) {
        float largest = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
          largest = Math.max(largest, Math.abs(matrix.values()[i]));
        }
        // A row of zeros keeps a scale that divides.
        scales[row] = largest == 0 ? 1 : largest / LARGEST;
        for (int i = row * width; i < (row + 1) * width; i++) {
          bytes[i] = (byte) Math.round(matrix.values()[i] / scales[row]);
        }
      }
      return new Rows(bytes, scales);
    }

    byte[] transposedBytes() {
      int rows = scales.length;
      int width = bytes.length / rows;
      byte[] turned = new byte[bytes.length];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < width; column++) {
          turned[column * rows + row] = bytes[row * width + column];
        }
      }
      return turned;
    }
  }
}
