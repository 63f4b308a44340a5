/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenValueTest {
  @Test
  void idsNoIdsAndNoTextAreReadBack() throws IOException {
    int[] ids = new Random(1).ints(500, 0, 260_000).toArray();
    for (int[] each : new int[][] {ids, {}, {0, 30_521}}) {
      TokenValue read = TokenValue.of(new TokenValue(-7L, each).bytes());
      assertThat(read.maker()).isEqualTo(-7L);
      assertThat(read.ids()).containsExactly(each);
    }
    assertThat(TokenValue.of(new TokenValue(3L, null).bytes()).ids()).isNull();
  }

  @Test
  void idsOfAVocabularyTakeTwoBytes() {
    int[] ids = new Random(1).ints(100, 1000, 16_384).toArray();
    assertThat(new TokenValue(1L, ids).bytes().length).isEqualTo(8 + 1 + 200);
  }
}
