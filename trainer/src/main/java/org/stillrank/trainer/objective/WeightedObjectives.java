/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A weighted sum of objectives on the same scores, such as InfoNCE on labels plus MarginMSE. */
public record WeightedObjectives(List<Term> terms) {

  /**
   * @param weight the factor of the objective's loss, above 0
   */
  public record Term(Objective objective, double weight) {
    public Term {
      if (!(weight > 0) || !Double.isFinite(weight)) {
        throw new IllegalArgumentException("weight " + weight + " is not above 0");
      }
    }
  }

  public WeightedObjectives {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("no objective");
    }
  }

  /** One objective with weight 1. */
  public static WeightedObjectives only(Objective objective) {
    return new WeightedObjectives(List.of(new Term(objective, 1)));
  }

  /** The union of what the terms need. */
  public Set<Requirement> requirements() {
    Set<Requirement> all = new LinkedHashSet<>();
    terms.forEach(term -> all.addAll(term.objective().requirements()));
    return all;
  }

  /** The weighted loss of a part of a step; as {@link Objective#loss(Tensor, Targets, Targets)}. */
  public Tensor loss(Tensor scores, Targets part, Targets step) {
    return terms.stream()
        .map(term -> term.objective().loss(scores, part, step).mul(new Scalar(term.weight())))
        .reduce(Tensor::add)
        .orElseThrow();
  }
}
