/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the student's scores of a batch are compared with.
 *
 * @param positiveColumns for each query the column of its relevant document
 * @param teacherScores [queries][documents], raw and finite, or null where no teacher scored
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied into a tensor at once
public record Targets(int[] positiveColumns, double @Nullable [][] teacherScores) {

  public Targets {
    if (teacherScores != null) {
      for (int query = 0; query < teacherScores.length; query++) {
        if (!Arrays.stream(teacherScores[query]).allMatch(Double::isFinite)) {
          throw new IllegalArgumentException(
              "teacher scores of query " + query + " are not all finite numbers");
        }
      }
    }
  }

  /** The relevant document stands in column 0 of every query; nobody else scored. */
  public static Targets positiveFirst(int queries) {
    return new Targets(new int[queries], null);
  }

  /** The relevant document stands in column 0 of every query; a teacher scored all. */
  public static Targets positiveFirst(double[][] teacherScores) {
    return new Targets(new int[teacherScores.length], teacherScores);
  }
}
