/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.function.UnaryOperator;

/**
 * What makes a logit from a pair's vector: a dense layer, its activation, and one output.
 *
 * @param dense layer [hidden, hidden]
 * @param output layer [1, hidden]
 */
record ScoringHead(String dense, String output) {

  Parameters declare(Parameters parameters, int hidden, Initial initial) {
    return parameters
        .head()
        .linear(dense, hidden, hidden, initial)
        .linear(output, 1, hidden, initial);
  }

  /**
   * @param activation after the dense layer
   * @param dropout before the output
   */
  <T> T logit(Operations<T> operations, T vector, UnaryOperator<T> activation, double dropout) {
    T pooled = activation.apply(operations.linear(dense, vector));
    return operations.linear(output, operations.dropout(dropout, pooled));
  }
}
