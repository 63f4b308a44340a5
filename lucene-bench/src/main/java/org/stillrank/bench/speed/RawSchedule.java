/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A way to use the plain runtime, as found in other rerankers.
 *
 * @param name what the table calls it
 * @param workers threads that run the session at the same time
 * @param threads runtime threads inside a run
 * @param order how the pairs are lined up before they are cut into batches
 * @param maxRows most pairs of a batch
 * @param maxTokens most tokens of a batch, padding counted
 */
public record RawSchedule(
    String name, int workers, int threads, Order order, int maxRows, int maxTokens) {
  private static final int ANY = Integer.MAX_VALUE;

  /** How pairs are lined up. */
  public enum Order {
    GIVEN,
    LONGEST_FIRST
  }

  /** What is compared on a machine with this many processors. */
  public static List<RawSchedule> onProcessors(int n) {
    String workers = "raw, " + n + " x 1 thread, ";
    return List.of(
        new RawSchedule("raw, one padded batch", 1, n, Order.GIVEN, ANY, ANY),
        new RawSchedule("raw, batches of 32", 1, n, Order.GIVEN, 32, ANY),
        new RawSchedule("raw, one pair at a time", 1, n, Order.GIVEN, 1, ANY),
        new RawSchedule("raw, sorted, 4096 tokens", 1, n, Order.LONGEST_FIRST, ANY, 4096),
        new RawSchedule("raw, sorted, 1024 tokens", 1, n, Order.LONGEST_FIRST, ANY, 1024),
        new RawSchedule(workers + "one pair", n, 1, Order.GIVEN, 1, ANY),
        new RawSchedule(workers + "512 tokens", n, 1, Order.LONGEST_FIRST, ANY, 512),
        new RawSchedule(workers + "1024 tokens", n, 1, Order.LONGEST_FIRST, ANY, 1024));
  }

  /**
   * The usual ways, which are one padded batch and one pair at a time, and those that are fastest
   * where every processor has a session of its own: small batches, or single pairs.
   */
  public static List<RawSchedule> usualOnProcessors(int n) {
    List<RawSchedule> all = onProcessors(n);
    return List.of(all.get(0), all.get(2), all.get(5), all.get(6));
  }

  /** Indexes of the pairs of each batch. */
  List<int[]> batches(int[] lengths) {
    int[] lined =
        switch (order) {
          case GIVEN -> IntStream.range(0, lengths.length).toArray();
          case LONGEST_FIRST ->
              IntStream.range(0, lengths.length)
                  .boxed()
                  .sorted(Comparator.comparingInt(i -> -lengths[i]))
                  .mapToInt(Integer::intValue)
                  .toArray();
        };
    List<int[]> batches = new ArrayList<>();
    int start = 0;
    int longest = 0;
    for (int i = 0; i < lined.length; i++) {
      int widest = Math.max(longest, lengths[lined[i]]);
      int rows = i - start + 1;
      if (rows > 1 && (rows > maxRows || (long) rows * widest > maxTokens)) {
        batches.add(Arrays.copyOfRange(lined, start, i));
        start = i;
        longest = lengths[lined[i]];
      } else {
        longest = widest;
      }
    }
    batches.add(Arrays.copyOfRange(lined, start, lined.length));
    return batches;
  }
}
