/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPlanTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 512, 4096, Integer.MAX_VALUE})
  void everyPairIsScoredOnceWithinTheBudgetAndWithItsNeighboursInLength(int budget) {
    int[] lengths = new Random(4).ints(333, 3, 512).toArray();
    List<int[]> batches = BatchPlan.of(lengths, budget, 1);

    assertThat(batches.stream().flatMapToInt(IntStream::of).toArray())
        .containsExactlyInAnyOrder(IntStream.range(0, lengths.length).toArray());
    int previous = Integer.MAX_VALUE;
    for (int[] batch : batches) {
      int longest = lengths[batch[0]];
      for (int index : batch) {
        assertThat(lengths[index]).as("longest first").isLessThanOrEqualTo(previous);
        previous = lengths[index];
      }
      assertThat(batch.length == 1 || (long) batch.length * longest <= budget)
          .as("[%d] rows of [%d] tokens", batch.length, longest)
          .isTrue();
    }
  }

  @Test
  void aBudgetIsUsedUp() {
    assertThat(BatchPlan.of(new int[] {4, 4, 4, 4, 4}, 8, 1))
        .extracting(batch -> batch.length)
        .containsExactly(2, 2, 1);
  }

  @Test
  void aSmallRequestIsSharedOutAmongTheWorkers() {
    assertThat(BatchPlan.of(new int[] {70, 80, 60, 75}, 320, 2))
        .containsExactly(new int[] {1, 3}, new int[] {0, 2});
    assertThat(BatchPlan.of(new int[] {150, 50, 50, 50}, 320, 2))
        .containsExactly(new int[] {0}, new int[] {1, 2, 3});
    assertThat(BatchPlan.of(new int[] {70}, 320, 2)).containsExactly(new int[] {0});
  }

  @Test
  void aRequestThatFillsEveryWorkersBatchIsNotCutFurther() {
    int[] lengths = IntStream.generate(() -> 80).limit(12).toArray();
    assertThat(BatchPlan.of(lengths, 320, 2))
        .extracting(batch -> batch.length)
        .containsExactly(4, 4, 4);
  }

  @Test
  void oneByOneIsOneByOne() {
    assertThat(BatchPlan.oneByOne(new int[] {2, 9, 5}))
        .containsExactly(new int[] {1}, new int[] {2}, new int[] {0});
  }
}
