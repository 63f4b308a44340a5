/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StrictOrderTest {
  @Test
  void keepsDistinctScoresAtSixDecimals() {
    assertThat(
            StrictOrder.of(
                List.of(new ScoredDocument("a", 2.12345678), new ScoredDocument("b", -1))))
        .containsExactly(new ScoredDocument("a", 2.123457), new ScoredDocument("b", -1));
  }

  @Test
  void printedScoresReadInSinglePrecisionFallAtEveryRank() {
    Random random = new Random(4);
    for (double magnitude : new double[] {1, 11, 40, 300, 4000}) {
      List<ScoredDocument> ranking = new ArrayList<>();
      double score = magnitude;
      for (int i = 0; i < 1000; i++) {
        ranking.add(new ScoredDocument("d" + i, score));
        score -= random.nextInt(3) == 0 ? random.nextDouble() * 1e-6 : 0;
      }
      float before = Float.POSITIVE_INFINITY;
      for (ScoredDocument hit : StrictOrder.of(ranking)) {
        float read = Float.parseFloat(String.format(Locale.ROOT, "%.6f", hit.score()));
        assertThat(read).isLessThan(before);
        before = read;
      }
    }
  }
}
