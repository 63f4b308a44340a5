/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * In which order lists are seen, as a function of the seed and the position alone.
 *
 * <p>The prepared order says which source comes when, and every pass keeps it in the large: lists
 * are shuffled within blocks only.
 */
final class PassOrder {
  private static final int BLOCK = 1000;

  private final int lists;
  private final long seed;
  private long blockAt = -1;
  private List<Integer> block = List.of();

  /**
   * @param lists how many there are, at least one
   */
  PassOrder(int lists, long seed) {
    this.lists = lists;
    this.seed = seed;
  }

  /** The list at a position; positions go on over passes: {@code position / lists} is the pass. */
  int at(long position) {
    long pass = position / lists;
    int place = (int) (position % lists);
    int first = place - place % BLOCK;
    long start = pass * lists + first;
    if (start != blockAt) {
      block =
          new ArrayList<>(IntStream.range(first, Math.min(lists, first + BLOCK)).boxed().toList());
      Collections.shuffle(block, new Random(Seeds.of(seed, start)));
      blockAt = start;
    }
    return block.get(place - first);
  }
}
