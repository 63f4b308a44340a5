/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * What training makes small: a scalar of the student's scores for the documents of each query.
 *
 * <p>Formulas and constants: Morand et al. 2026 (arXiv 2603.03010).
 */
public sealed interface Objective permits InfoNce, MarginMse {

  /** The name used in configs and bundles, such as {@code infonce}. */
  String name();

  /** What {@link Targets} must hold. */
  Set<Requirement> requirements();

  /**
   * The loss of a batch. Tensors made on the way belong to the caller's open {@link
   * org.bytedeco.javacpp.PointerScope}.
   *
   * @param scores the student's raw logits [queries, documents], float32 or float64, at least two
   *     documents
   * @return a scalar of the scores' type, a mean over queries, differentiable in the scores
   * @throws IllegalArgumentException when targets are missing or shaped otherwise than the scores
   */
  Tensor loss(Tensor scores, Targets targets);
}
