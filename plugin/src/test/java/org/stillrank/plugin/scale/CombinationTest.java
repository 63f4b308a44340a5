/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CombinationTest {

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
