/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stillrank.reranker.scale.RelevanceScale;

class CombinationTest {

  @Test
  void modesCombineWeightedScores() {
    assertThat(combined(ScoreMode.REPLACE)).isEqualTo(1.5f);
    assertThat(combined(ScoreMode.TOTAL)).isEqualTo(9.5f);
    assertThat(combined(ScoreMode.MULTIPLY)).isEqualTo(12);
    assertThat(combined(ScoreMode.AVG)).isEqualTo(4.75f);
    assertThat(combined(ScoreMode.MAX)).isEqualTo(8);
    assertThat(combined(ScoreMode.MIN)).isEqualTo(1.5f);
    assertThat(combined(ScoreMode.LOGIT_TOTAL)).isEqualTo(10); // the logit of 3 is 2
    assertThat(new Combination(ScoreMode.TOTAL, 1, 1).of(-0.2f, 3)).isEqualTo(3);
  }

  @Test
  void logitsAreAddedBelowZeroToo() {
    Combination combination = new Combination(ScoreMode.LOGIT_TOTAL, 0.5f, 2);
    float rescored = RelevanceScale.ofLogit(-3);
    assertThat(combination.of(4, rescored)).isCloseTo((float) Math.exp(-4), within(1e-6f));
    assertThat(combination.of(20, rescored)).isCloseTo(5, within(1e-5f));
    assertThat(combination.of(1e6f, RelevanceScale.WITHOUT_TEXT))
        .isEqualTo(RelevanceScale.WITHOUT_TEXT);
    assertThat(combination.of(0, Float.MIN_VALUE)).isPositive();
  }

  private static float combined(ScoreMode mode) {
    return new Combination(mode, 2, 0.5f).of(4, 3);
  }
}
