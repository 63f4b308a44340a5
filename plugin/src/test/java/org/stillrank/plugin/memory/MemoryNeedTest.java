/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.Schedule;
import org.stillrank.testing.SharedFiles;

class MemoryNeedTest {
  private static final long MIB = 1024 * 1024;

  /** As measured: 140 MiB with 8 workers, 80 with 2; such a tokenizer alone takes 9. */
  @Test
  void itIsAboveWhatTheShippedModelWasMeasuredToTake() throws IOException {
    ModelBundle model = ModelBundle.open(SharedFiles.project("distribution/bundles/base"));
    assertThat(MemoryNeed.of(model, new Schedule(8, 1, 320)).bytes())
        .isBetween(140 * MIB, 420 * MIB);
    MemoryNeed few = MemoryNeed.of(model, new Schedule(2, 1, 320));
    assertThat(few.bytes()).isBetween(80 * MIB, 240 * MIB);
    assertThat(few.tokenizer()).isBetween(9 * MIB, 16 * MIB);
  }

  @Test
  void workersAndLongerBatchesTakeMore() throws IOException {
    ModelBundle model = ModelBundle.open(SharedFiles.project("distribution/bundles/base"));
    long one = MemoryNeed.of(model, new Schedule(1, 1, 320)).session();
    long two = MemoryNeed.of(model, new Schedule(2, 1, 320)).session();
    long three = MemoryNeed.of(model, new Schedule(3, 1, 320)).session();
    assertThat(three - two).isEqualTo(two - one).isPositive();
    assertThat(MemoryNeed.of(model, new Schedule(1, 1, 640)).session())
        .as("pairs get no longer in a larger batch")
        .isEqualTo(two);
    assertThat(MemoryNeed.of(model, new Schedule(1, 1, 64)).session())
        .as("its longest pair of 256 tokens is a batch alone")
        .isEqualTo(MemoryNeed.of(model, new Schedule(1, 1, 256)).session());
  }
}
