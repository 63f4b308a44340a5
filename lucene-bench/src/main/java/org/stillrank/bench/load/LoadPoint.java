/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;

/**
 * What so many clients saw that each ask, wait for the answer, and ask again.
 *
 * @param searchesPerSecond answers in full that came in the measured time, over its length
 * @param documentsPerSecond documents scored for these, over the same
 * @param searches theirs
 * @param others searches of another user beside them, BM25 at a low rate
 */
public record LoadPoint(
    int clients,
    double searchesPerSecond,
    double documentsPerSecond,
    Searches searches,
    Searches others) {

  /**
   * Sums up.
   *
   * @param all of the clients, those of the warm-up too, for some of them are answered in the
   *     measured time
   * @param others of the other user, likewise
   */
  public static LoadPoint of(
      int clients, MeasuredTime time, List<TimedAnswer> all, List<TimedAnswer> others) {
    List<Answer.Found> found =
        all.stream()
            .filter(each -> time.holds(each.answered()))
            .map(TimedAnswer::answer)
            .filter(Answer.Found.class::isInstance)
            .map(Answer.Found.class::cast)
            .toList();
    return new LoadPoint(
        clients,
        found.size() / time.seconds(),
        found.stream().mapToLong(Answer.Found::documents).sum() / time.seconds(),
        Searches.of(time, all),
        Searches.of(time, others));
  }
}
