/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.trainer.onnx.TensorProto.DataType;
import org.stillrank.trainer.weights.FloatTensor;

/** An embedding table of 8-bit rows, widened after the lookup. */
final class Int8Table {
  private Int8Table() {}

  /** See {@link WeightFormat#lookup}. */
  static String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    RoundedRows rows = RoundedRows.nearest(table);
    String bytes = graph.node("Gather", graph.bytes(name, table.shape(), rows.bytes()), ids);
    String scales =
        graph.floats(
            name + ".scale", new FloatTensor(new long[] {rows.scales().length, 1}, rows.scales()));
    return graph.node("Mul", widened(graph, bytes), graph.node("Gather", scales, ids));
  }

  /** What the rows are worth. */
  static FloatTensor kept(FloatTensor table) {
    return new FloatTensor(table.shape(), RoundedRows.nearest(table).values());
  }

  /** 8-bit integers as float32. */
  static String widened(OnnxGraph graph, String bytes) {
    return graph.cast(bytes, DataType.FLOAT);
  }
}
