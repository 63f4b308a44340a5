/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Binary cross-entropy of logits, each document for itself. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Summed over all documents.
   *
   * @param probabilities of relevance of the documents of a list, 0 to 1
   */
  static Tensor sum(PaddedScores padded, Function<ListTargets, double[]> probabilities) {
    Tensor relevant = padded.numbers(probabilities);
    Tensor irrelevant = padded.present().sub(relevant);
    // Not softplus, which torch cuts to 0 where the loss is small.
    return relevant
        .mul(torch.log_sigmoid(padded.scores()))
        .add(irrelevant.mul(torch.log_sigmoid(padded.scores().mul(new Scalar(-1.0)))))
        .sum()
        .neg();
  }
}
