/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Squared difference of the student's and the teacher's margin between the positive and each other
 * document of its query, mean over all margins. With two documents per query it is the pairwise
 * form of the paper; teacher scores are used as they are.
 */
public record MarginMse() implements Objective {

  @Override
  public String name() {
    return "margin-mse";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.POSITIVE, Requirement.TEACHER_SCORES);
  }

  @Override
  public Tensor loss(Tensor scores, Targets targets) {
    Tensor positives = Columns.positives(scores, targets);
    Tensor excess = scores.sub(Columns.teacherScores(scores, targets));
    // The positive's own column is 0 and only widens the mean, which the count of margins undoes.
    Tensor margins = excess.gather(1, positives).sub(excess);
    long queries = scores.size(0);
    long documents = scores.size(1);
    return margins.square().sum().div(new Scalar((double) (queries * (documents - 1))));
  }
}
