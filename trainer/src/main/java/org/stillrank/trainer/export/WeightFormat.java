/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.trainer.weights.FloatTensor;

/** How a graph keeps its large weights and multiplies with them. */
sealed interface WeightFormat permits Fp32Weights, Fp16Weights, Int8Weights, Int8PerRow {

  /**
   * Adds the weight of a linear layer and multiplies with it.
   *
   * @param input a float32 value [..., in]
   * @param weight [out, in]
   * @return a float32 value [..., out]
   */
  String product(OnnxGraph graph, String name, String input, FloatTensor weight);

  /**
   * Adds an embedding table and looks ids up in it.
   *
   * @param table [rows, width]
   * @param ids int64 [...]
   * @return a float32 value [..., width]
   */
  String lookup(OnnxGraph graph, String name, FloatTensor table, String ids);

  /** What {@link #product} keeps of a weight. */
  FloatTensor keptMatrix(String name, FloatTensor weight);

  /** What {@link #lookup} keeps of a table. */
  FloatTensor keptTable(FloatTensor table);

  /** How near the graph comes to an encoder with the weights that it keeps. */
  Agreement agreement();
}
