/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.core.TimeValue;

/**
 * Places that are kept for searches on their way to them. One that is broken or cancelled may end
 * before it has begun, and then nobody says so: until a search begins on its shard, its place is
 * kept no longer than that takes as a rule. Not for several threads.
 */
final class KeptPlaces {
  private static final long SHORTEST = TimeValue.timeValueMillis(100).nanos();
  private static final long LONGEST = TimeValue.timeValueSeconds(5).nanos();

  /** A place is kept for so many times as long as it takes to begin as a rule. */
  private static final int PATIENCE = 4;

  private static final double WEIGHT_OF_NEWEST = 0.2;

  private final List<Kept> kept = new ArrayList<>();
  private double usualNanos = (double) TimeValue.timeValueMillis(60).nanos();

  private record Kept(Admission.Ticket ticket, long until) {}

  /** For a search that may begin. */
  void keep(Admission.Ticket ticket, long now) {
    long patience = (long) Math.clamp(PATIENCE * usualNanos, SHORTEST, LONGEST);
    kept.add(new Kept(ticket, now + patience));
  }

  /** For one that has begun. */
  void keepOn(Admission.Ticket ticket, long now) {
    giveUp(ticket);
    kept.add(new Kept(ticket, now + LONGEST));
  }

  /** So long a search took to begin. */
  void learn(long nanos) {
    usualNanos += WEIGHT_OF_NEWEST * (nanos - usualNanos);
  }

  /** The search has taken its place, or needs none any more. */
  void giveUp(Admission.Ticket ticket) {
    kept.removeIf(each -> each.ticket == ticket);
  }

  int count(long now) {
    kept.removeIf(each -> each.until - now < 0);
    return kept.size();
  }
}
