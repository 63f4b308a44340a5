/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import java.util.ArrayDeque;
import java.util.Deque;
import org.elasticsearch.core.TimeValue;

/**
 * Places that are kept for searches on their way to them, no longer than searches need as a rule:
 * one that is given up early may never say so. Not for several threads.
 */
final class KeptPlaces {
  private static final long SHORTEST = TimeValue.timeValueMillis(250).nanos();
  private static final long LONGEST = TimeValue.timeValueSeconds(5).nanos();

  /** A place is kept for so many times as long as searches need as a rule. */
  private static final int PATIENCE = 4;

  private static final double WEIGHT_OF_NEWEST = 0.2;

  private final Deque<Kept> kept = new ArrayDeque<>();
  private double usualNanos = (double) SHORTEST / PATIENCE;

  private record Kept(Admission.Ticket ticket, long since) {}

  void keep(Admission.Ticket ticket, long now) {
    kept.add(new Kept(ticket, now));
  }

  /** The search has come for its place. */
  void taken(Admission.Ticket ticket, long now) {
    kept.removeIf(each -> {
      boolean came = each.ticket == ticket;
      if (came) {
        usualNanos += WEIGHT_OF_NEWEST * (now - each.since - usualNanos);
      }
      return came;
    });
  }

  /** The search will not come for a place any more. */
  void giveUp(Admission.Ticket ticket) {
    kept.removeIf(each -> each.ticket == ticket);
  }

  int count(long now) {
    long patience = (long) Math.clamp(PATIENCE * usualNanos, SHORTEST, LONGEST);
    kept.removeIf(each -> now - each.since > patience);
    return kept.size();
  }
}
