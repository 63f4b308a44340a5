/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.negatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

class DenseSearchTest {

  @Test
  void ranksByCosineAndEqualOnesById() {
    DenseSearch search =
        new DenseSearch(
            List.of("far", "same2", "same1", "near"),
            List.of(unit(-1, 0), unit(1, 0), unit(1, 0), unit(0.6, 0.8)));

    Run run = search.run("dense", List.of("q"), List.of(unit(1, 0)), 3);

    assertThat(run.ranking("q"))
        .extracting(ScoredDocument::docId)
        .containsExactly("same1", "same2", "near");
    assertThat(run.ranking("q").get(2).score()).isBetween(0.5999, 0.6001);
  }

  private static float[] unit(double x, double y) {
    return new float[] {(float) x, (float) y};
  }
}
