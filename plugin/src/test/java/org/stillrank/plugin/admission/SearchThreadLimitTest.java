/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;

class SearchThreadLimitTest {

  @Test
  void halfOfTheThreadsAndOneMoreIsRefusedWith429() {
    SearchThreadLimit limit = new SearchThreadLimit(5, 0.5);
    SearchThreadLimit.Place first = limit.enter();
    try (SearchThreadLimit.Place second = limit.enter()) {
      assertThatThrownBy(limit::enter)
          .isInstanceOf(EsRejectedExecutionException.class)
          .satisfies(
              e -> assertThat(ExceptionsHelper.status(e)).isEqualTo(RestStatus.TOO_MANY_REQUESTS))
          .hasMessageContaining("[2] of [5] search threads of this node are reranking");
      assertThat(limit.inside()).isEqualTo(2);
    }
    assertThat(limit.inside()).isEqualTo(1);
    limit.enter().close();
    first.close();
    assertThat(limit.inside()).isZero();
  }

  @Test
  void theShareMayChangeAtAnyTime() {
    SearchThreadLimit limit = new SearchThreadLimit(8, 0.25);
    try (SearchThreadLimit.Place first = limit.enter();
        SearchThreadLimit.Place second = limit.enter()) {
      assertThat(List.of(first, second)).hasSize(2);
      assertThatThrownBy(limit::enter).isInstanceOf(EsRejectedExecutionException.class);
      limit.allow(0.5);
      limit.enter().close();
      limit.allow(0.01);
      assertThatThrownBy(limit::enter).isInstanceOf(EsRejectedExecutionException.class);
    }
    limit.enter().close();
  }

  @Test
  void oneThreadStillReranks() {
    try (SearchThreadLimit.Place place = new SearchThreadLimit(1, 0.5).enter()) {
      assertThat(place).isNotNull();
    }
  }
}
