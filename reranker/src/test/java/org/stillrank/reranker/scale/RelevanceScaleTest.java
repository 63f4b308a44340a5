/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
  void aScoreTellsItsLogit() {
    for (float logit = -87; logit <= 87; logit += 0.37f) {
      assertThat(RelevanceScale.logitOf(RelevanceScale.ofLogit(logit)))
          .isCloseTo(logit, within(1e-5f));
    }
    for (double score : new double[] {RelevanceScale.WITHOUT_TEXT, -0.5, Double.NaN}) {
      assertThatThrownBy(() -> RelevanceScale.logitOf(score))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[" + score + "]");
    }
  }
}
