/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.objective.ListTargets;
import org.stillrank.trainer.objective.Requirement;

/** Refuses lists that an objective cannot learn from, before any is learned from. */
final class RequiredData {
  private RequiredData() {}

  /**
   * @throws InvalidInputException naming the first query that lacks something, its source, the
   *     objective, and what to do
   */
  static void check(List<ObjectiveTerm> terms, List<TrainingList> lists) {
    for (ObjectiveTerm term : terms) {
      for (Requirement requirement : term.objective().requirements()) {
        lists.stream()
            .filter(
                list -> !requirement.isMetBy(new ListTargets(list.grades(), list.teacherScores())))
            .findFirst()
            .ifPresent(list -> refuse(term, requirement, list));
      }
    }
  }

  private static void refuse(ObjectiveTerm term, Requirement requirement, TrainingList list) {
    throw new InvalidInputException(
        "query ["
            + list.topicId()
            + "] of ["
            + list.source()
            + "] has "
            + requirement.lack()
            + ", and [objectives] name ["
            + term.objective().name()
            + "]; "
            + remedy(requirement));
  }

  private static String remedy(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Need need ->
          switch (need) {
            case POSITIVE ->
                "leave this query out, or name objectives that learn from a teacher alone, such as"
                    + " distill-ranknet";
            case NEGATIVE, SEVERAL_DOCUMENTS ->
                "leave this query out, or give it more documents with [candidates]";
            case TEACHER_SCORES -> "name a [teacher]";
          };
      case Requirement.GradesUpTo grades -> "set [highest_grade] to the highest grade of the qrels";
    };
  }
}
