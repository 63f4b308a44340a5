/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;

class SearchThreadLimitTest {

  @Test
  void halfOfTheThreadsAndOneMoreIsRefusedWith429() {
    SearchThreadLimit limit = new SearchThreadLimit(5);
    SearchThreadLimit.Place first = limit.enter();
    try (SearchThreadLimit.Place second = limit.enter()) {
      assertThatThrownBy(limit::enter)
          .isInstanceOf(EsRejectedExecutionException.class)
          .satisfies(
              e -> assertThat(ExceptionsHelper.status(e)).isEqualTo(RestStatus.TOO_MANY_REQUESTS))
          .hasMessageContaining("[2] searches are reranking on this node");
      assertThat(limit.inside()).isEqualTo(2);
    }
    limit.enter().close();
    first.close();
    assertThat(limit.inside()).isZero();
  }

  @Test
  void oneThreadStillReranks() {
    try (SearchThreadLimit.Place place = new SearchThreadLimit(1).enter()) {
      assertThat(place).isNotNull();
    }
  }
}
