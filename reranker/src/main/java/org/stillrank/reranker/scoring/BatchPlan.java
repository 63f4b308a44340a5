/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which pairs are scored together: neighbours in length, as many as the token budget allows with
 * their padding, the longest first. Long batches first leave the short ones to even out the
 * workers' ends.
 */
final class BatchPlan {
  private BatchPlan() {}

  /** Indexes of the pairs of each batch; equal lengths keep their order. */
  private static List<int[]> of(int[] lengths, int tokensPerBatch) {
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

  /**
   * Indexes of the pairs of each batch; what fits into one batch for each worker is shared out
   * among all of them, so that none is idle while a small request waits for another. It does not
   * depend on what else is scored, so a request has the same batches, and scores, at any time.
   */
  static List<int[]> of(int[] lengths, int tokensPerBatch, int workers) {
    long tokens = Arrays.stream(lengths).asLongStream().sum();
    if (tokens >= (long) tokensPerBatch * workers) {
      return of(lengths, tokensPerBatch);
    }
    long longest = Arrays.stream(lengths).max().orElse(0);
    return Stream.of(Math.ceilDiv(tokens, workers), longest * Math.ceilDiv(lengths.length, workers))
        .map(budget -> of(lengths, (int) Math.min(tokensPerBatch, budget)))
        .min(Comparator.comparingLong(batches -> busiest(lengths, batches, workers)))
        .orElseThrow();
  }

  /** Padded tokens of the worker that has most to do when each takes the next batch in turn. */
  private static long busiest(int[] lengths, List<int[]> batches, int workers) {
    long[] loads = new long[workers];
    for (int[] batch : batches) {
      Arrays.sort(loads);
      loads[0] += paddedTokens(lengths, batch);
    }
    return Arrays.stream(loads).max().orElse(0);
  }

  /** Every pair alone, the longest first. */
  static List<int[]> oneByOne(int[] lengths) {
    return of(lengths, 1);
  }

  /** Tokens of all batches when each is filled to its longest pair. */
  static long paddedTokens(int[] lengths, List<int[]> batches) {
    return batches.stream().mapToLong(batch -> paddedTokens(lengths, batch)).sum();
  }

  private static long paddedTokens(int[] lengths, int[] batch) {
    return (long) batch.length * lengths[batch[0]];
  }
}
