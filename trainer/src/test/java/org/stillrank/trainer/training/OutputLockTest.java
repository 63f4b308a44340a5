/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;

class OutputLockTest {
  @TempDir private Path folder;

  @Test
  void oneTrainingAtATime() throws IOException {
    Path output = folder.resolve("runs/mine");
    try (OutputLock first = OutputLock.take(output)) {
      assertThatThrownBy(() -> OutputLock.take(output))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("another training works in [" + output + "]", "name another");
    }
    OutputLock.take(output).close();
  }
}
