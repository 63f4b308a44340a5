/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;

/**
 * How far a file's logits are from the trained network's, by all that is rounded in it.
 *
 * @param pairs that both scored
 * @param rootMeanSquare of the differences
 * @param spread the standard deviation of the network's
 */
record LogitDifference(int pairs, double rootMeanSquare, double spread) {

  /**
   * @param trained the network's, in the order of {@code runtime}
   */
  static LogitDifference of(float[] runtime, float[] trained) {
    double error = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < trained.length; i++) {
      error += Math.pow((double) runtime[i] - trained[i], 2) / trained.length;
      mean += (double) trained[i] / trained.length;
      squares += (double) trained[i] * trained[i] / trained.length;
    }
    double spread = Math.sqrt(Math.max(0, squares - mean * mean));
    return new LogitDifference(trained.length, Math.sqrt(error), spread);
  }

  /** For the manifest of the file's bundle. */
  MeasuredResult result(Path file) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("difference (root mean square)", rootMeanSquare);
    measures.put("standard deviation", spread);
    return new MeasuredResult(
        file.getFileName().toString(),
        pairs + " pairs of the export's check",
        "logits beside those of the trained weights in libtorch",
        measures);
  }
}
