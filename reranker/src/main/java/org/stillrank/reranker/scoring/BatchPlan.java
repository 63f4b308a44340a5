/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which pairs are scored together: neighbours in length, as many as the token budget allows with
 * their padding, the longest first. Long batches first leave the short ones to even out the
 * workers' ends.
 */
final class BatchPlan {
  private BatchPlan() {}

  /** Indexes of the pairs of each batch; equal lengths keep their order. */
  static List<int[]> of(int[] lengths, int tokensPerBatch) {
    int[] longestFirst =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingInt(i -> -lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int start = 0;
    while (start < longestFirst.length) {
      int longest = Math.max(1, lengths[longestFirst[start]]);
      int rows = Math.max(1, tokensPerBatch / longest);
      int end = Math.min(longestFirst.length, start + rows);
      batches.add(Arrays.copyOfRange(longestFirst, start, end));
      start = end;
    }
    return batches;
  }

  /** Every pair alone, the longest first. */
  static List<int[]> oneByOne(int[] lengths) {
    return of(lengths, 1);
  }

  /** Tokens of all batches when each is filled to its longest pair. */
  static long paddedTokens(int[] lengths, List<int[]> batches) {
    long tokens = 0;
    for (int[] batch : batches) {
      tokens += (long) batch.length * lengths[batch[0]];
    }
    return tokens;
  }
}
