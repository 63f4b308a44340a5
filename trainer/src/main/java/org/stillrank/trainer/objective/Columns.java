/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Targets as tensors beside the scores they belong to, checked against their shape. */
final class Columns {
  private Columns() {}

  /** Index of the positive: int64 [queries, 1]. */
  static Tensor positives(Tensor scores, Targets targets) {
    long documents = documents(scores);
    int[] columns = targets.positiveColumns();
    if (columns.length != scores.size(0)) {
      throw new IllegalArgumentException(
          columns.length + " positives for " + scores.size(0) + " queries");
    }
    long[] wide = Arrays.stream(columns).asLongStream().toArray();
    for (long column : wide) {
      if (column < 0 || column >= documents) {
        throw new IllegalArgumentException(
            "positive column " + column + " of " + documents + " documents");
      }
    }
    return AbstractTensor.create(wide, wide.length, 1).to(scores.device(), ScalarType.Long);
  }

  /** The teacher's scores: [queries, documents] in the type of the student's. */
  static Tensor teacherScores(Tensor scores, Targets targets) {
    double[][] rows = targets.teacherScores();
    if (rows == null) {
      throw new IllegalArgumentException("this objective needs teacher scores");
    }
    long documents = documents(scores);
    if (rows.length != scores.size(0)
        || Arrays.stream(rows).anyMatch(row -> row.length != documents)) {
      throw new IllegalArgumentException(
          "teacher scores are not shaped [" + scores.size(0) + ", " + documents + "]");
    }
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return AbstractTensor.create(flat, rows.length, documents)
        .to(scores.device(), scores.scalar_type());
  }

  private static long documents(Tensor scores) {
    if (scores.dim() != 2 || scores.size(1) < 2) {
      throw new IllegalArgumentException(
          "scores must be [queries, documents] with at least two documents, not "
              + Arrays.toString(scores.shape()));
    }
    return scores.size(1);
  }
}
