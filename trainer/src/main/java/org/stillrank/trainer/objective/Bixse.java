/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Binary cross-entropy with logits against graded targets, read as probabilities of relevance:
 * {@code -(y log sigmoid(s) + (1 - y) log(1 - sigmoid(s)))}, mean over all documents of the step.
 *
 * <p>Source: BiXSE (arXiv 2508.06781), which trains bi-encoders so on grades of language models. Of
 * its other parts none is here: a cross-encoder's head learns scale and bias itself, and documents
 * of other queries are not scored. How a target is made is our choice.
 *
 * @param relevance where the probabilities come from
 */
public record Bixse(Relevance relevance) implements Objective {

  @Override
  public String name() {
    return "bixse";
  }

  @Override
  public Set<Requirement> requirements() {
    return relevance.requirements();
  }

  @Override
  public long count(Targets targets) {
    return targets.documents();
  }

  @Override
  public Tensor sum(Tensor scores, Targets targets) {
    return CrossEntropy.sum(
        PaddedScores.of(scores, targets, requirements()), relevance::probabilities);
  }
}
