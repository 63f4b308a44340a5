/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Binary cross-entropy with logits: each positive's target is 1, each other document's 0; mean over
 * all documents of the step. With two documents per query it is the pointwise form of the paper. A
 * list needs neither a positive nor a negative, since no document is compared with another.
 */
public record Bce() implements Objective {

  @Override
  public String name() {
    return "bce";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of();
  }

  @Override
  public long count(Targets targets) {
    return targets.documents();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    return CrossEntropy.sum(
        PaddedScores.of(scores, targets, requirements()), PaddedScores::positivesOf);
  }
}
