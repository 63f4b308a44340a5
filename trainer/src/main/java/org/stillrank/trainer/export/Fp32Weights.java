/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.trainer.weights.FloatTensor;

/** Weights as they were trained. */
record Fp32Weights() implements WeightFormat {

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    return graph.node("MatMul", input, graph.floats(name, weight.transposed()));
  }

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    return graph.node("Gather", graph.floats(name, table), ids);
  }

  @Override
  public FloatTensor keptMatrix(String name, FloatTensor weight) {
    return weight;
  }

  @Override
  public FloatTensor keptTable(FloatTensor table) {
    return table;
  }

  @Override
  public Agreement agreement() {
    return Agreement.EXACT;
  }
}
