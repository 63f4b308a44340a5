/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How a teacher orders the documents of a list. Ties keep the order in which they are given. */
final class TeacherOrder {
  private TeacherOrder() {}

  static double[] scores(ListTargets list) {
    double[] scores = new double[list.documents()];
    Arrays.setAll(scores, list::teacherScore);
    return scores;
  }

  /** For each document its rank from 1, best score first. */
  static int[] ranks(ListTargets list) {
    return ranks(list, Comparator.comparingDouble(document -> -list.teacherScore(document)));
  }

  /** For each document its rank from 1, positives before all others. */
  static int[] ranksPositivesFirst(ListTargets list) {
    return ranks(
        list,
        Comparator.<Integer>comparingInt(document -> list.isPositive(document) ? 0 : 1)
            .thenComparingDouble(document -> -list.teacherScore(document)));
  }

  private static int[] ranks(ListTargets list, Comparator<Integer> order) {
    List<Integer> sorted = IntStream.range(0, list.documents()).boxed().sorted(order).toList();
    int[] ranks = new int[sorted.size()];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[sorted.get(rank)] = rank + 1;
    }
    return ranks;
  }

  /** Ordered pairs of documents of which the teacher scores the first above the second. */
  static long preferences(ListTargets list) {
    double[] ascending = scores(list);
    Arrays.sort(ascending);
    long pairs = 0;
    int below = 0;
    for (int i = 1; i < ascending.length; i++) {
      if (ascending[i] > ascending[i - 1]) {
        below = i;
      }
      pairs += below;
    }
    return pairs;
  }

  /** The softmax of the teacher's scores, adding up to 1. */
  static double[] probabilities(ListTargets list) {
    double[] scores = scores(list);
    double top = Arrays.stream(scores).max().orElseThrow();
    double[] weights = Arrays.stream(scores).map(score -> Math.exp(score - top)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
