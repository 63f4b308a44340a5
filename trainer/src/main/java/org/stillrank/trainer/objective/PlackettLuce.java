/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Plackett-Luce distillation (PLD), a weighted ListMLE: documents are ordered positives first, then
 * by descending teacher score (so also among several positives; ties as they stand), and each
 * choice of the next document out of those that are left costs its negative log-likelihood, {@code
 * -s_k + log sum_(l at k or below) e^(s_l)}, times the softmax of the teacher's scores at that
 * document; mean over queries.
 *
 * <p>The weights of a list add up to 1. Where the teacher gives all to the only positive, it is the
 * cross-entropy of that document, {@link InfoNce}; where it scores all documents equally, it is
 * ListMLE of the given order, positives first, divided by the number of documents. A list without a
 * positive is ordered by the teacher alone.
 *
 * <p>Source: arXiv 2506.12542, there for classes of images with one true label.
 */
public record PlackettLuce() implements Objective {

  @Override
  public String name() {
    return "pld";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.TEACHER_SCORES, Requirement.SEVERAL_DOCUMENTS);
  }

  @Override
  public long count(Targets targets) {
    return targets.lists().size();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor left =
        padded.pairs(list -> {
          int[] ranks = TeacherOrder.ranksPositivesFirst(list);
          return (chosen, other) -> ranks[other] >= ranks[chosen];
        });
    // Padding chooses among everything, which is finite and weighs nothing.
    Tensor choices = left.add(padded.present().logical_not().unsqueeze(2));
    Tensor all = PaddedScores.only(scores.unsqueeze(1).expand_as(left), choices).logsumexp(2);
    return all.sub(scores).mul(padded.numbers(TeacherOrder::probabilities)).sum();
  }
}
