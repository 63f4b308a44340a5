/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Queries without end, for all clients together: every one once in a shuffled order, then all in
 * another order, and so on, never one twice in a row. The same seed gives the same stream.
 */
public final class QueryStream {
  private final List<String> order;
  private final Random random;
  private int next;

  /**
   * @param queries at least two different ones; repeated ones count once
   */
  public QueryStream(List<String> queries, long seed) {
    this.order = new ArrayList<>(queries.stream().distinct().toList());
    this.random = new Random(seed);
    if (order.size() < 2) {
      throw new IllegalArgumentException(order + " would be asked twice in a row");
    }
    Collections.shuffle(order, random);
  }

  /** The next one; any thread may ask. */
  public synchronized String next() {
    if (next == order.size()) {
      String last = order.getLast();
      Collections.shuffle(order, random);
      if (order.getFirst().equals(last)) {
        Collections.swap(order, 0, 1 + random.nextInt(order.size() - 1));
      }
      next = 0;
    }
    return order.get(next++);
  }
}
