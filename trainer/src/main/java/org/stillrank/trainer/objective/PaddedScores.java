/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Scores [queries, documents] with what is known about the lists as tensors of the same shape, type
 * and device. Numbers are found on the heap in double precision, so that a teacher's order is not a
 * matter of rounding.
 */
record PaddedScores(Tensor scores, Targets targets) {

  /** Checks that scores and lists fit each other, and the lists an objective. */
  static PaddedScores of(Tensor scores, Targets targets, Set<Requirement> requirements) {
    long[] expected = {targets.lists().size(), targets.longest()};
    if (!Arrays.equals(scores.shape(), expected)) {
      throw new IllegalArgumentException(
          "scores are shaped "
              + Arrays.toString(scores.shape())
              + ", their targets "
              + Arrays.toString(expected));
    }
    targets.require(requirements);
    return new PaddedScores(scores, targets);
  }

  /** A number for each document [queries, documents]; 0 in the padding. */
  Tensor numbers(Function<ListTargets, double[]> ofList) {
    int width = targets.longest();
    double[] cells = new double[targets.lists().size() * width];
    for (int query = 0; query < targets.lists().size(); query++) {
      double[] row = ofList.apply(targets.lists().get(query));
      System.arraycopy(row, 0, cells, query * width, row.length);
    }
    return tensor(cells, targets.lists().size(), width);
  }

  /** 1 where a list has a document, 0 in the padding: [queries, documents]. */
  Tensor present() {
    return numbers(list -> ones(list.documents()));
  }

  /** 1 for each positive, else 0: [queries, documents]. */
  Tensor positives() {
    return numbers(PaddedScores::positivesOf);
  }

  static double[] positivesOf(ListTargets list) {
    double[] row = new double[list.documents()];
    Arrays.setAll(row, document -> list.isPositive(document) ? 1 : 0);
    return row;
  }

  private static double[] ones(int length) {
    double[] row = new double[length];
    Arrays.fill(row, 1);
    return row;
  }

  /** A pair of documents of a list. */
  @FunctionalInterface
  interface Pair {
    boolean holds(int first, int second);
  }

  /** 1 where a pair of documents holds, else 0: [queries, first, second]; 0 in the padding. */
  Tensor pairs(Function<ListTargets, Pair> ofList) {
    int width = targets.longest();
    double[] cells = new double[targets.lists().size() * width * width];
    for (int query = 0; query < targets.lists().size(); query++) {
      ListTargets list = targets.lists().get(query);
      Pair pair = ofList.apply(list);
      for (int first = 0; first < list.documents(); first++) {
        for (int second = 0; second < list.documents(); second++) {
          cells[(query * width + first) * width + second] = pair.holds(first, second) ? 1 : 0;
        }
      }
    }
    return tensor(cells, targets.lists().size(), width, width);
  }

  /** 1 where the first document is a positive and the second a negative. */
  Tensor positivePairs() {
    return pairs(list -> (first, second) -> list.isPositive(first) && !list.isPositive(second));
  }

  /** The first document's value minus the second's: [queries, first, second]. */
  static Tensor differences(Tensor values) {
    return values.unsqueeze(2).sub(values.unsqueeze(1));
  }

  /**
   * Values where a mask is 1; minus infinity, which a sum of exponentials ignores, where it is 0.
   */
  static Tensor only(Tensor values, Tensor mask) {
    return values.masked_fill(
        mask.to(ScalarType.Bool).logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
  }

  private Tensor tensor(double[] cells, long... shape) {
    return AbstractTensor.create(cells, shape).to(scores.device(), scores.scalar_type());
  }
}
