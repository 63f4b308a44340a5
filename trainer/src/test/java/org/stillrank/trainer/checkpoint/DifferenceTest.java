/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DifferenceTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void aKeyThatIsNullIsOneThatIsNotThere() {
    assertThat(
            Difference.between(
                JSON.readTree("{\"seed\": 1}"), JSON.readTree("{\"seed\": 1, \"new\": null}")))
        .isEmpty();
    assertThat(
            Difference.between(
                JSON.readTree("{\"a\": {\"seed\": 1}}"), JSON.readTree("{\"a\": {\"seed\": 2}}")))
        .containsExactly("[a.seed] was [1] and is [2]");
  }
}
