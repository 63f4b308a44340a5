/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the documents of one query before the student scores them.
 *
 * @param grades for each document its judged relevance, 0 where not judged; a document with grade 1
 *     or above is a positive, every other a negative
 * @param teacherScores for each document the teacher's score, raw and finite, or null where no
 *     teacher scored
 */
public record ListTargets(List<Integer> grades, @Nullable List<Double> teacherScores) {

  public ListTargets {
    grades = List.copyOf(grades);
    teacherScores = teacherScores == null ? null : List.copyOf(teacherScores);
    if (grades.isEmpty()) {
      throw new IllegalArgumentException("a list without documents");
    }
    if (teacherScores != null && teacherScores.size() != grades.size()) {
      throw new IllegalArgumentException(
          teacherScores.size() + " teacher scores for " + grades.size() + " documents");
    }
    if (teacherScores != null && !teacherScores.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "teacher scores " + teacherScores + " are not all finite numbers");
    }
  }

  /** Document 0 is the only positive. */
  public static ListTargets positiveFirst(int documents, @Nullable List<Double> teacherScores) {
    return new ListTargets(
        IntStream.range(0, documents).mapToObj(document -> document == 0 ? 1 : 0).toList(),
        teacherScores);
  }

  /** How many documents the query has. */
  public int documents() {
    return grades.size();
  }

  /** Whether a document is relevant. */
  public boolean isPositive(int document) {
    return grades.get(document) >= 1;
  }

  /** How many documents are relevant. */
  public int positives() {
    return Math.toIntExact(grades.stream().filter(grade -> grade >= 1).count());
  }

  /** The teacher's score of a document, which {@link Requirement#TEACHER_SCORES} promises. */
  double teacherScore(int document) {
    if (teacherScores == null) {
      throw new IllegalStateException("no teacher scored");
    }
    return teacherScores.get(document);
  }
}
