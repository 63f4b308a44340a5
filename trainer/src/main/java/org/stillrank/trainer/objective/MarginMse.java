/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Squared difference of the student's and the teacher's margin between a positive and a negative of
 * its query, mean over all such pairs of the step. With two documents per query it is the pairwise
 * form of the paper (Hofstätter et al. 2020, arXiv 2010.02666); teacher scores are used as they
 * are.
 */
public record MarginMse() implements Objective {

  @Override
  public String name() {
    return "margin-mse";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.POSITIVE, Requirement.NEGATIVE, Requirement.TEACHER_SCORES);
  }

  @Override
  public long count(Targets targets) {
    return targets.positivePairs();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor excess = scores.sub(padded.numbers(TeacherOrder::scores));
    // Masked before squaring: what overflows in a pair that does not count must not make the loss
    // NaN.
    return PaddedScores.differences(excess).mul(padded.positivePairs()).square().sum();
  }
}
