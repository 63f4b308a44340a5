/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import java.util.Set;

/** How probable it is that a document is relevant, by what is known about its list. */
public sealed interface Relevance {

  /** What every list must have. */
  Set<Requirement> requirements();

  /** For each document of a list a probability, 0 to 1. */
  double[] probabilities(ListTargets list);

  /** {@code sigmoid(t / temperature)} of the teacher's score t, which is taken for a logit. */
  record OfTeacher(double temperature) implements Relevance {
    public OfTeacher {
      Positive.check("temperature", temperature);
    }

    @Override
    public Set<Requirement> requirements() {
      return Set.of(Requirement.TEACHER_SCORES);
    }

    @Override
    public double[] probabilities(ListTargets list) {
      double[] scores = TeacherOrder.scores(list);
      return Arrays.stream(scores).map(t -> 1 / (1 + Math.exp(-t / temperature))).toArray();
    }
  }

  /**
   * The grade divided by the highest one that judges give. Negative grades, such as of spam, count
   * as 0.
   */
  record OfGrade(int highest) implements Relevance {
    public OfGrade {
      Positive.check("highest grade", highest);
    }

    @Override
    public Set<Requirement> requirements() {
      return Set.of(new Requirement.GradesUpTo(highest));
    }

    @Override
    public double[] probabilities(ListTargets list) {
      return list.grades().stream().mapToDouble(grade -> Math.max(0.0, grade) / highest).toArray();
    }
  }
}
