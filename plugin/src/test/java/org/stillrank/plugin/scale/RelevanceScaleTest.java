/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RelevanceScaleTest {

  @Test
  void rerankedHitsAreAboveZeroAndRiseWithTheirLogit() {
    float before = 0;
    for (float logit = -500; logit <= 500; logit += 0.25f) {
      float score = RelevanceScale.ofLogit(logit);
      assertThat(score).as("logit %s", logit).isPositive().isGreaterThanOrEqualTo(before);
      before = score;
    }
    assertThat(RelevanceScale.ofLogit(0)).isEqualTo(1);
    assertThat(RelevanceScale.ofLogit(3.5f)).isEqualTo(4.5f);
    assertThat(RelevanceScale.ofLogit(-2)).isCloseTo(0.1353353f, within(1e-6f));
    assertThat(RelevanceScale.ofLogit(-Float.MAX_VALUE)).isEqualTo(Float.MIN_VALUE);
  }

  @Test
  void firstStageHitsAreBelowZeroInTheirOrder() {
    float before = -2;
    for (float score : new float[] {0, 0.001f, 0.5f, 1, 7, 25, 400, 1e6f}) {
      float kept = RelevanceScale.ofFirstStage(score);
      assertThat(kept).isNegative().isGreaterThan(before);
      before = kept;
    }
    assertThat(RelevanceScale.ofFirstStage(-3)).isEqualTo(-1);
  }

  @Test
  void theThreeKindsNeverMix() {
    assertThat(RelevanceScale.ofLogit(-1000)).isGreaterThan(RelevanceScale.WITHOUT_TEXT);
    assertThat(RelevanceScale.WITHOUT_TEXT).isGreaterThan(RelevanceScale.ofFirstStage(1e30f));
  }

  @Test
  void modesCombineWeightedScores() {
    assertThat(combined(ScoreMode.REPLACE)).isEqualTo(1.5f);
    assertThat(combined(ScoreMode.TOTAL)).isEqualTo(9.5f);
    assertThat(combined(ScoreMode.MULTIPLY)).isEqualTo(12);
    assertThat(combined(ScoreMode.AVG)).isEqualTo(4.75f);
    assertThat(combined(ScoreMode.MAX)).isEqualTo(8);
    assertThat(combined(ScoreMode.MIN)).isEqualTo(1.5f);
    assertThat(new Combination(ScoreMode.TOTAL, 1, 1).of(-0.2f, 3)).isEqualTo(3);
  }

  private static float combined(ScoreMode mode) {
    return new Combination(mode, 2, 0.5f).of(4, 3);
  }
}
