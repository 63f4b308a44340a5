/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.HashMap;
import java.util.Map;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights as symmetric 8-bit integers with one scale for each output of a linear layer and each row
 * of a table.
 *
 * <p>They are widened by Cast and Mul, not by DequantizeLinear: runtimes fold the former into
 * float32 constants when they load a model, but keep the latter for each run. So a run costs what
 * float32 costs, and no score depends on its batch.
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
    String scales = graph.floats(name + ".scale", FloatTensor.vector(rows.scales()));
    return graph.node("MatMul", input, graph.node("Mul", Int8Table.widened(graph, bytes), scales));
  }

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    return Int8Table.lookup(graph, name, table, ids);
  }

  @Override
  public FloatTensor keptMatrix(String name, FloatTensor weight) {
    return new FloatTensor(weight.shape(), compensated(name, weight).values());
  }

  @Override
  public FloatTensor keptTable(FloatTensor table) {
    return Int8Table.kept(table);
  }

  @Override
  public Agreement agreement() {
    return Agreement.EXACT;
  }

  private RoundedRows compensated(String name, FloatTensor weight) {
    return matrices.computeIfAbsent(
        name, key -> RoundedRows.compensated(weight, calibration.moments(key), ByteRange.EACH));
  }
}
