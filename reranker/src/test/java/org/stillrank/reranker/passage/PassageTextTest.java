/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassageTextTest {
  @Test
  void emptyFieldsLeaveNoSeparator() {
    assertThat(PassageText.join(List.of("title", "text"), " ")).isEqualTo("title text");
    assertThat(PassageText.join(List.of("", "text"), " ")).isEqualTo("text");
    assertThat(PassageText.join(List.of("title", "", "more"), " | ")).isEqualTo("title | more");
    assertThat(PassageText.join(List.of("", ""), " ")).isEmpty();
  }
}
