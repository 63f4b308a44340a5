/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What training makes small: a mean over the queries, documents or pairs of a step, kept as its sum
 * and its count. Both add up over any division of the step into parts, and the count is known
 * before the student scores, so that a step computed in parts is the step computed at once.
 *
 * <p>Formulas and constants of the six: Morand et al. 2026 (arXiv 2603.03010) and the code beside
 * it (xpmir/cross-encoders, losses of experimaestro-ir); the other sources stand at the classes.
 */
public sealed interface Objective
    permits AdrMse, Bce, Bixse, DistillRankNet, Hinge, InfoNce, MarginMse, PlackettLuce {

  /** The name used in configs and bundles, such as {@code infonce}. */
  String name();

  /** What every list of {@link Targets} must have. */
  Set<Requirement> requirements();

  /** How many queries, documents or pairs the loss is the mean of; 0 when lists give nothing. */
  long count(Targets targets);

  /**
   * The sum that, divided by the count, is the loss. Tensors made on the way belong to the caller's
   * open {@link org.bytedeco.javacpp.PointerScope}.
   *
   * @param scores the student's raw logits [queries, longest list], float32 or float64; padding is
   *     finite
   * @return a scalar of the scores' type, differentiable in the scores
   * @throws IllegalArgumentException when a list lacks a requirement, or targets and scores are
   *     shaped otherwise
   */
  Tensor sum(Tensor scores, Targets targets);

  /** The loss of a part of a step; parts add up to the loss of the step. 0 where it has none. */
  default Tensor loss(Tensor scores, Targets part, Targets step) {
    long count = count(step);
    return sum(scores, part).mul(new Scalar(count == 0 ? 0.0 : 1.0 / count));
  }

  /** The loss of a whole batch: the mean. */
  default Tensor loss(Tensor scores, Targets targets) {
    return loss(scores, targets, targets);
  }
}
