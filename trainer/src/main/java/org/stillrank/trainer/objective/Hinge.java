/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How much of a margin is missing between a positive and a negative of its query, {@code max(0,
 * margin - (s+ - s-))}, mean over all such pairs of the step; with two documents per query the
 * pairwise form of the paper.
 *
 * @param margin by which a positive shall score above a negative; 1 in the paper
 */
public record Hinge(double margin) implements Objective {

  public Hinge {
    Positive.check("margin", margin);
  }

  @Override
  public String name() {
    return "hinge";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.POSITIVE, Requirement.NEGATIVE);
  }

  @Override
  public long count(Targets targets) {
    return targets.positivePairs();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor missing = PaddedScores.differences(scores).neg().add(new Scalar(margin)).relu();
    return missing.mul(padded.positivePairs()).sum();
  }
}
