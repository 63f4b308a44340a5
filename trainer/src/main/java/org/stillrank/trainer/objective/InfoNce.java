/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Supervised InfoNCE over the documents of the same query: minus the log of the softmax probability
 * of the positive, mean over queries. Documents of other queries are not negatives.
 *
 * @param temperature the scores are divided by it; 1 in the paper
 */
public record InfoNce(double temperature) implements Objective {

  public InfoNce {
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new IllegalArgumentException("temperature " + temperature + " is not above 0");
    }
  }

  @Override
  public String name() {
    return "infonce";
  }

  @Override
  public Set<Requirement> requirements() {
    return Set.of(Requirement.POSITIVE);
  }

  @Override
  public Tensor loss(Tensor scores, Targets targets) {
    Tensor positives = Columns.positives(scores, targets);
    return scores.div(new Scalar(temperature)).log_softmax(1).gather(1, positives).mean().neg();
  }
}
