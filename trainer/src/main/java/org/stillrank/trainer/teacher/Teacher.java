/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.example.TrainingList;

/** Scores candidates for the student to imitate; only differences within a query have a meaning. */
public interface Teacher {

  /** What it is, for reports and the bundle's provenance. */
  String description();

  /**
   * Scores every candidate of every list.
   *
   * @return for each list one finite score a candidate, null where the teacher does not know one
   * @throws org.stillrank.reranker.input.InvalidInputException when a score is not finite, naming
   *     query and document
   */
  List<List<@Nullable Double>> scores(List<TrainingList> lists) throws IOException;
}
