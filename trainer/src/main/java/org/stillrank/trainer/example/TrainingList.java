/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One query with some of its candidates. In training a relevant candidate stands first and others
 * follow; in validation candidates are in first-stage order with any grades.
 *
 * @param source which source it comes from, such as {@code scifact/train}
 * @param topicId id of the query in its source
 * @param query the query's text
 * @param candidates passages, at least one
 * @param grades for each candidate its judged relevance, 0 where not judged
 * @param teacherScores for each candidate the teacher's score, all finite; null without a teacher
 */
public record TrainingList(
    String source,
    String topicId,
    String query,
    List<Candidate> candidates,
    List<Integer> grades,
    @Nullable List<Double> teacherScores) {

  public TrainingList {
    candidates = List.copyOf(candidates);
    grades = List.copyOf(grades);
    teacherScores = teacherScores == null ? null : List.copyOf(teacherScores);
    if (candidates.isEmpty() || candidates.size() != grades.size()) {
      throw new IllegalArgumentException(
          candidates.size() + " candidates with " + grades.size() + " grades");
    }
    if (teacherScores != null
        && (teacherScores.size() != candidates.size()
            || !teacherScores.stream().allMatch(Double::isFinite))) {
      throw new IllegalArgumentException(
          "teacher scores of query " + topicId + " are not one finite number for each candidate");
    }
  }

  /** The first relevant column, which is 0 in a list made for training, or 0 where none is. */
  public int positiveColumn() {
    return IntStream.range(0, grades.size()).filter(i -> grades.get(i) >= 1).findFirst().orElse(0);
  }
}
