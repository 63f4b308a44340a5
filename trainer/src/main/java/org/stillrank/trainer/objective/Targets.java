/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What the student's scores of a batch are compared with. Lists may differ in length: scores that
 * belong to them are padded behind to [queries, longest list], and whatever stands in the padding
 * has neither influence nor gradient.
 *
 * @param lists one for each query
 */
public record Targets(List<ListTargets> lists) {

  public Targets {
    lists = List.copyOf(lists);
  }

  /** Document 0 of every query is its only positive; nobody else scored. */
  public static Targets positiveFirst(int queries, int documents) {
    return new Targets(Collections.nCopies(queries, ListTargets.positiveFirst(documents, null)));
  }

  /** Document 0 of every query is its only positive; a teacher scored all. */
  public static Targets positiveFirst(double[][] teacherScores) {
    return new Targets(
        Arrays.stream(teacherScores)
            .map(row -> ListTargets.positiveFirst(row.length, Arrays.stream(row).boxed().toList()))
            .toList());
  }

  /** Documents of the longest list. */
  public int longest() {
    return lists.stream().mapToInt(ListTargets::documents).max().orElse(0);
  }

  /** Documents of all lists together, padding not counted. */
  public long documents() {
    return lists.stream().mapToLong(ListTargets::documents).sum();
  }

  /** Pairs of a positive and a negative of the same query, over all lists. */
  long positivePairs() {
    return lists.stream()
        .mapToLong(list -> (long) list.positives() * (list.documents() - list.positives()))
        .sum();
  }

  /**
   * Refuses lists from which an objective cannot learn.
   *
   * @throws IllegalArgumentException naming the first such query and what it lacks
   */
  void require(Set<Requirement> requirements) {
    for (int query = 0; query < lists.size(); query++) {
      for (Requirement each : requirements) {
        if (!each.isMetBy(lists.get(query))) {
          throw new IllegalArgumentException("query " + query + " has " + each.lack());
        }
      }
    }
  }
}
