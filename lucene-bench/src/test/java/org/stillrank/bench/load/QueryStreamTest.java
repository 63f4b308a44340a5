/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QueryStreamTest {
  @Property(tries = 200)
  void everyRoundHasEveryQueryAndNoneComesTwiceInARow(
      @ForAll @IntRange(min = 2, max = 7) int count, @ForAll long seed) {
    List<String> queries = Stream.iterate(0, n -> n + 1).limit(count).map(n -> "q" + n).toList();
    List<String> asked = asked(queries, seed, 20 * count);
    for (int round = 0; round < 20; round++) {
      assertThat(asked.subList(round * count, (round + 1) * count))
          .containsExactlyInAnyOrderElementsOf(queries);
    }
    for (int i = 1; i < asked.size(); i++) {
      assertThat(asked.get(i)).isNotEqualTo(asked.get(i - 1));
    }
    assertThat(asked(queries, seed, asked.size())).isEqualTo(asked);
  }

  @Test
  void seedsAndRoundsDiffer() {
    List<String> queries = Stream.iterate(0, n -> n + 1).limit(40).map(n -> "q" + n).toList();
    List<String> asked = asked(queries, 1, 80);
    assertThat(asked.subList(40, 80)).isNotEqualTo(asked.subList(0, 40));
    assertThat(asked(queries, 2, 40)).isNotEqualTo(asked.subList(0, 40));
  }

  @Test
  void oneQueryIsTooFew() {
    assertThatThrownBy(() -> new QueryStream(List.of("q", "q"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> asked(List<String> queries, long seed, int count) {
    QueryStream stream = new QueryStream(queries, seed);
    return Stream.generate(stream::next).limit(count).toList();
  }
}
