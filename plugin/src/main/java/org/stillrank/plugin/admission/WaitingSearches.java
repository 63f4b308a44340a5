/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.core.TimeValue;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.Admission.Ticket;

/** Searches that wait to be let in, the one that began first in front; for one thread at a time. */
final class WaitingSearches {
  /** Clocks that differ by more than this decide nothing. */
  private static final long OLDEST_MILLIS = 60_000;

  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::began).thenComparingLong(Waiting::place));
  private long came;

  /**
   * @param began when its search did
   * @param place among those that began together
   * @param since when it came
   * @param until when it has waited too long
   * @param late what to say then
   */
  record Waiting(
      ActionListener<Ticket> listener,
      long began,
      long place,
      long since,
      long until,
      Supplier<Exception> late) {
    void answerLate() {
      listener.onFailure(late.get());
    }
  }

  /**
   * @param ageMillis how long ago the search began, by a clock that may be another node's
   * @param atMost the longest wait; null for any
   */
  void add(
      ActionListener<Ticket> listener,
      long now,
      long ageMillis,
      @Nullable TimeValue atMost,
      Supplier<Exception> late) {
    // Without a limit it waits for the span of the clock, 292 years.
    long until = atMost == null ? now + Long.MAX_VALUE : now + atMost.nanos();
    long began = now - MILLISECONDS.toNanos(Math.clamp(ageMillis, 0, OLDEST_MILLIS));
    queue.add(new Waiting(listener, began, came++, now, until, late));
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  /** Takes the one in front out. */
  Waiting takeFirst() {
    return queue.remove();
  }

  /** Takes those out that have waited too long. */
  List<Waiting> takeLate(long now) {
    List<Waiting> late = new ArrayList<>();
    for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
      Waiting each = all.next();
      if (each.until - now <= 0) {
        all.remove();
        late.add(each);
      }
    }
    return late;
  }

  /** Takes all out. */
  List<Waiting> takeAll() {
    List<Waiting> all = List.copyOf(queue);
    queue.clear();
    return all;
  }
}
