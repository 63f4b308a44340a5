/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
final class Int8Weights implements WeightFormat {
  private final Calibration calibration;
  private final Map<String, RoundedRows> matrices = new HashMap<>();

  /** Rounds matrices with regard to what goes into them, tables to the nearest. */
  Int8Weights(Calibration calibration) {
    this.calibration = calibration;
  }

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    RoundedRows rows = compensated(name, weight);
    long[] transposed = {weight.shape()[1], weight.shape()[0]};
    String bytes = graph.bytes(name, transposed, rows.transposedBytes());
    String scales =
        graph.floats(
            name + ".scale", new FloatTensor(new long[] {rows.scales().length}, rows.scales()));
    return graph.node("MatMul", input, graph.node("Mul", widened(graph, bytes), scales));
  }

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    RoundedRows rows = RoundedRows.nearest(table);
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
  public FloatTensor keptMatrix(String name, FloatTensor weight) {
    return new FloatTensor(weight.shape(), compensated(name, weight).values());
  }

  @Override
  public FloatTensor keptTable(FloatTensor table) {
    return new FloatTensor(table.shape(), RoundedRows.nearest(table).values());
  }

  private RoundedRows compensated(String name, FloatTensor weight) {
    return matrices.computeIfAbsent(
        name, key -> RoundedRows.compensated(weight, calibration.moments(key)));
  }
}
