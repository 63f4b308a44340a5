/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;

/**
 * Searches of the measured time.
 *
 * @param latencies of those that were answered in full, seconds
 */
public record Searches(Latencies latencies, Outcomes outcomes) {
  /** Where none were asked. */
  public static Searches none() {
    return new Searches(new Latencies(List.of()), Outcomes.of(List.of()));
  }

  /**
   * Those that were asked in the time, whenever they were answered, so that slow ones at its end
   * count like all others.
   */
  public static Searches of(MeasuredTime time, List<TimedAnswer> all) {
    List<TimedAnswer> asked = all.stream().filter(each -> time.holds(each.asked())).toList();
    return new Searches(
        new Latencies(
            asked.stream()
                .filter(each -> each.answer() instanceof Answer.Found)
                .map(TimedAnswer::seconds)
                .toList()),
        Outcomes.of(asked));
  }
}
