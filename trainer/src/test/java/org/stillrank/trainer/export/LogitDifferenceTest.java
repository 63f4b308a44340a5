/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;

class LogitDifferenceTest {
  /** Differences 0, 0, -2; deviations from the mean -1, 0, 1. */
  @Test
  void isTheRootOfTheMeanSquareBesideTheSpread() {
    LogitDifference difference = LogitDifference.of(new float[] {1, 2, 1}, new float[] {1, 2, 3});

    assertThat(difference.pairs()).isEqualTo(3);
    assertThat(difference.rootMeanSquare()).isCloseTo(Math.sqrt(4 / 3.0), within(1e-12));
    assertThat(difference.spread()).isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
  }

  @Test
  void tellsTheManifestOfItsFile() {
    MeasuredResult result =
        new LogitDifference(1000, 0.07, 3.5).result(Path.of("somewhere", "model.int8.onnx"));

    assertThat(result.model()).isEqualTo("model.int8.onnx");
    assertThat(result.collection()).isEqualTo("1000 pairs of the export's check");
    assertThat(result.measures())
        .containsEntry("difference (root mean square)", 0.07)
        .containsEntry("standard deviation", 3.5);
  }
}
