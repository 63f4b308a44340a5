/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

/** What BERT and its kin do after attention: two residual blocks, each normalised at its end. */
record PostNormBlocks<T>(Operations<T> operations, String layer, double dropout) {

  static void declare(Parameters parameters, String layer, Sizes sizes) {
    Initial initial = new Initial.Normal(sizes.initializerRange());
    int hidden = sizes.hidden();
    parameters
        .linear(layer + "attention.output.dense", hidden, hidden, initial)
        .norm(layer + "attention.output.LayerNorm", hidden)
        .linear(layer + "intermediate.dense", sizes.intermediate(), hidden, initial)
        .linear(layer + "output.dense", hidden, sizes.intermediate(), initial)
        .norm(layer + "output.LayerNorm", hidden);
  }

  /**
   * @param context what the readers found, [pairs, readers, hidden]
   * @param readers their states before
   */
  T apply(T context, T readers) {
    T attended = residual("attention.output", context, readers);
    T inner = operations.gelu(operations.linear(layer + "intermediate.dense", attended));
    return residual("output", inner, attended);
  }

  private T residual(String block, T input, T skipped) {
    T projected = operations.dropout(dropout, operations.linear(layer + block + ".dense", input));
    return operations.norm(layer + block + ".LayerNorm", operations.add(projected, skipped));
  }
}
