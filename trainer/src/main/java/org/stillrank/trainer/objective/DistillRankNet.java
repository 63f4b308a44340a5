/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * RankNet on a teacher's order: {@code softplus(-(s_i - s_j))} for each pair of a query's documents
 * that the teacher scores {@code t_i > t_j}, flat mean over all such pairs of the step, so that a
 * long list weighs more than a short one. Documents that the teacher scores equally are no pair; a
 * list of such documents gives nothing.
 *
 * @param temperature the scores are <em>multiplied</em> by it, as lightning-ir's RankNet does, so
 *     that a higher one is sharper, other than in {@link InfoNce} and {@link AdrMse}; 1 in the
 *     paper
 */
public record DistillRankNet(double temperature) implements Objective {

  public DistillRankNet {
    Positive.check("temperature", temperature);
  }

  @Override
  public String name() {
    return "distill-ranknet";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.TEACHER_SCORES, Requirement.SEVERAL_DOCUMENTS);
  }

  @Override
  public long count(Targets targets) {
    return targets.lists().stream().mapToLong(TeacherOrder::preferences).sum();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor preferred =
        padded.pairs(
            list -> (first, second) -> list.teacherScore(first) > list.teacherScore(second));
    Tensor differences = PaddedScores.differences(scores.mul(new Scalar(temperature)));
    return torch.log_sigmoid(differences).mul(preferred).sum().neg();
  }
}
