/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.progress.Progress;

class TurnsTest {

  @Test
  void contendersTakeTurnsAndTheFirstRoundsDoNotCount() throws IOException {
    List<String> order = new ArrayList<>();
    TimedStep a =
        round -> {
          order.add("a" + round);
          return new StepSeconds(0, 0, 0, round);
        };
    TimedStep b =
        round -> {
          order.add("b" + round);
          return new StepSeconds(0, 0, 0, -round);
        };
    List<List<StepSeconds>> taken;
    try (Progress progress = Progress.silent().start("turns", 8)) {
      taken = Turns.take(List.of(a, b), 2, progress);
    }
    assertThat(order).containsExactly("a0", "b0", "b1", "a1", "a2", "b2", "b3", "a3");
    assertThat(taken.getFirst()).extracting(StepSeconds::step).containsExactly(2.0, 3.0);
    assertThat(taken.getLast()).extracting(StepSeconds::step).containsExactly(-2.0, -3.0);
  }

  @Test
  void theMedianIsTheMiddleOrTheSmallerOfTwo() {
    assertThat(Turns.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
    assertThat(Turns.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.0);
  }
}
