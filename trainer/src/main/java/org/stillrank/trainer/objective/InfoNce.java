/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Supervised InfoNCE over the documents of the same query: minus the log of the softmax probability
 * of the positives together, mean over queries. Documents of other queries are not negatives. With
 * several positives it is satisfied once one of them has the probability, as the paper's code has
 * it (ListwiseSoftmaxCrossEntropy), not a mean of cross-entropies.
 *
 * @param temperature the scores are divided by it; 1 in the paper
 */
public record InfoNce(double temperature) implements Objective {

  public InfoNce {
    Positive.check("temperature", temperature);
  }

  @Override
  public String name() {
    return "infonce";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.POSITIVE, Requirement.NEGATIVE);
  }

  @Override
  public long count(Targets targets) {
    return targets.lists().size();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    PaddedScores padded = PaddedScores.of(scores, targets, requirements());
    Tensor logits = scores.div(new Scalar(temperature));
    Tensor all = PaddedScores.only(logits, padded.present()).logsumexp(1);
    return all.sub(PaddedScores.only(logits, padded.positives()).logsumexp(1)).sum();
  }
}
