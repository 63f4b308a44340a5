/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.head;

import java.util.Optional;
import org.stillrank.reranker.session.FloatTensor;

/** How the answer of a model gives one number for each pair. */
enum HeadForm {
  /** {@code [n, 1]} or {@code [n]}: the logit itself. */
  ONE_LOGIT {
    @Override
    float logit(float[] values, int row) {
      return values[row];
    }
  },
  /** {@code [n, 2]}: "not relevant" and "relevant"; their difference is the logit of a softmax. */
  TWO_LOGITS {
    @Override
    float logit(float[] values, int row) {
      return values[2 * row + 1] - values[2 * row];
    }
  };

  abstract float logit(float[] values, int row);

  /** The form of an answer to {@code rows} pairs; empty when it is no score. */
  static Optional<HeadForm> of(FloatTensor answer, int rows) {
    long[] shape = answer.shape();
    if (shape.length == 0 || shape.length > 2 || shape[0] != rows) {
      return Optional.empty();
    }
    long columns = shape.length == 1 ? 1 : shape[1];
    if (columns == 1) {
      return Optional.of(ONE_LOGIT);
    }
    return columns == 2 ? Optional.of(TWO_LOGITS) : Optional.empty();
  }
}
