/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Precision;

class StepTimesTest {

  @Test
  void theRatioIsThatOfTheMedians() {
    StepTimes times = new StepTimes(List.of(2.0, 9.0, 1.0), List.of(5.0, 4.0, 3.0));
    assertThat(times.ratio()).isEqualTo(2.0);
    assertThat(StepTimes.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.0);
  }

  @Test
  void aStepIsDoneAndTimed() throws IOException {
    StepTimes times = StepTimes.measure(new StepShape(8, 8, Precision.FLOAT32), 1, 1, null);
    assertThat(times.ours()).hasSize(1).allMatch(seconds -> seconds > 0);
    assertThat(times.peers()).isEmpty();
  }

  @Test
  void aMissingPythonIsNamed() {
    assertThatThrownBy(
            () -> PythonPeer.start("no-such-python", new StepShape(8, 8, Precision.FLOAT32), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[no-such-python]", "does not start");
  }
}
