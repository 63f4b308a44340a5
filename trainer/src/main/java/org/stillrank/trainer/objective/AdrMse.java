/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Approximate discounted rank MSE: the squared difference of a document's soft rank, {@code 1 +
 * sum_(j != i) sigmoid((s_j - s_i) / temperature)}, and its rank R in the teacher's order, times
 * the discount at R; mean over all documents of the step, discounts not normalised. Documents that
 * the teacher scores equally are ranked as they stand.
 *
 * <p>Source: Schlatt et al. 2025 (Rank-DistiLLM) as lightning-ir's ApproxRankMSE computes it.
 *
 * @param temperature score differences are divided by it; 1 in the paper
 * @param discount log2 in the paper
 */
public record AdrMse(double temperature, Discount discount) implements Objective {

  public AdrMse {
    Positive.check("temperature", temperature);
  }

  @Override
  public String name() {
    return "adr-mse";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.TEACHER_SCORES, Requirement.SEVERAL_DOCUMENTS);
  }

  @Override
  public long count(Targets targets) {
    return targets.documents();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor others = padded.pairs(list -> (first, second) -> first != second);
    Tensor above = PaddedScores.differences(scores).div(new Scalar(-temperature)).sigmoid();
    Tensor softRanks = above.mul(others).sum(2).add(new Scalar(1.0));
    Tensor ranks =
        padded.numbers(list -> Arrays.stream(TeacherOrder.ranks(list)).asDoubleStream().toArray());
    Tensor weights =
        padded.numbers(
            list -> Arrays.stream(TeacherOrder.ranks(list)).mapToDouble(discount::at).toArray());
    return softRanks.sub(ranks).square().mul(weights).sum();
  }
}
