/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

/** What an objective needs to know about the documents of every query. */
public sealed interface Requirement {

  /** A relevant document. */
  Requirement POSITIVE = Need.POSITIVE;

  /** A document that is not relevant, which relevant ones are set against. */
  Requirement NEGATIVE = Need.NEGATIVE;

  /** Two documents, which can be ordered. */
  Requirement SEVERAL_DOCUMENTS = Need.SEVERAL_DOCUMENTS;

  /** A teacher's score for every document. */
  Requirement TEACHER_SCORES = Need.TEACHER_SCORES;

  /** Whether a list has it. */
  boolean isMetBy(ListTargets list);

  /** What is said of a list that has it not, as in "the query has ...". */
  String lack();

  /** Those that are the same for every objective. */
  enum Need implements Requirement {
    POSITIVE("no relevant document, of grade 1 or above") {
      @Override
      public boolean isMetBy(ListTargets list) {
        return list.positives() > 0;
      }
    },
    NEGATIVE("no document beside the relevant ones") {
      @Override
      public boolean isMetBy(ListTargets list) {
        return list.positives() < list.documents();
      }
    },
    SEVERAL_DOCUMENTS("only one document") {
      @Override
      public boolean isMetBy(ListTargets list) {
        return list.documents() > 1;
      }
    },
    TEACHER_SCORES("no teacher scores") {
      @Override
      public boolean isMetBy(ListTargets list) {
        return list.teacherScores() != null;
      }
    };

    private final String lack;

    Need(String lack) {
      this.lack = lack;
    }

    @Override
    public String lack() {
      return lack;
    }
  }

  /**
   * Grades of one scale.
   *
   * @param highest the highest grade that judges give
   */
  record GradesUpTo(int highest) implements Requirement {
    @Override
    public boolean isMetBy(ListTargets list) {
      return list.grades().stream().allMatch(grade -> grade <= highest);
    }

    @Override
    public String lack() {
      return "a grade above [" + highest + "]";
    }
  }
}
