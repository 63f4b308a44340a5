/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CombinationTest {

  /** The first stage says 4, twice; the model a logit of 2, which is a score of 3, one half. */
  @ParameterizedTest
  @CsvSource({
    "REPLACE, 1.5, 0",
    "TOTAL, 9.5, 8",
    "MULTIPLY, 12, 0",
    "AVG, 4.75, 4",
    "MAX, 8, 8",
    "MIN, 1.5, 0",
    "LOGIT_TOTAL, 10, 0"
  })
  void modesCombineWhatTwoStagesSay(ScoreMode mode, float withText, float without) {
    Combination combination = new Combination(mode, 2, 0.5f);
    assertThat(combination.of(4, 2)).isEqualTo(withText);
    assertThat(combination.withoutText(4)).isEqualTo(without);
  }

  @Test
  void aFirstStageBelowZeroCountsAsZero() {
    assertThat(new Combination(ScoreMode.TOTAL, 1, 1).of(-0.2f, 2)).isEqualTo(3);
  }

  @Test
  void logitsAreAddedBelowZeroToo() {
    Combination combination = new Combination(ScoreMode.LOGIT_TOTAL, 0.5f, 2);
    assertThat(combination.of(4, -3)).isCloseTo((float) Math.exp(-4), within(1e-6f));
    assertThat(combination.of(20, -3)).isEqualTo(5);
    assertThat(combination.of(0, -1e30f)).isPositive();
    assertThat(new Combination(ScoreMode.LOGIT_TOTAL, 1, 0).of(3, -200)).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void scoresAreNumbersWhateverTheWeights(ScoreMode mode) {
    for (float weight : new float[] {0, Float.MIN_VALUE, Float.MAX_VALUE}) {
      for (float logit : new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE}) {
        Combination combination = new Combination(mode, weight, weight);
        assertThat(combination.of(Float.MAX_VALUE, logit)).isFinite().isNotNegative();
        assertThat(combination.withoutText(Float.MAX_VALUE)).isFinite().isNotNegative();
      }
    }
  }
}
