/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Aggregation.Kind;

class AggregationTest {
  private static final float[] LOGITS = {1, -2, 4, 3};

  @Test
  void eachRuleMakesItsNumber() {
    assertThat(new Aggregation(Kind.MAX, 1).of(LOGITS)).isEqualTo(4);
    assertThat(new Aggregation(Kind.FIRST, 1).of(LOGITS)).isEqualTo(1);
    assertThat(new Aggregation(Kind.MEAN, 1).of(LOGITS)).isEqualTo(1.5f);
    assertThat(new Aggregation(Kind.TOP_K_MEAN, 2).of(LOGITS)).isEqualTo(3.5f);
    assertThat(new Aggregation(Kind.TOP_K_MEAN, 9).of(LOGITS)).isEqualTo(1.5f);
  }

  @Test
  void theWinnerIsTheBestAndOfEqualOnesTheEarlier() {
    assertThat(new Aggregation(Kind.TOP_K_MEAN, 2).winner(LOGITS)).isEqualTo(2);
    assertThat(new Aggregation(Kind.FIRST, 1).winner(LOGITS)).isZero();
    assertThat(Aggregation.max().winner(1, 5, 5)).isEqualTo(1);
  }

  @Test
  void aMeanOfNoneIsRefused() {
    assertThatThrownBy(() -> new Aggregation(Kind.TOP_K_MEAN, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("[top_k] is [0]; give 1 or more");
  }
}
