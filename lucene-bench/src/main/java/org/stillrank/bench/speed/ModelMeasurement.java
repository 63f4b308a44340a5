/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

/** Compares models with one another, each as the product scores it. */
public final class ModelMeasurement {
  private ModelMeasurement() {}

  /**
   * Measures in turns; the first model is what the others are compared with.
   *
   * @param bundles at least one
   */
  public static SpeedComparison run(
      List<ModelBundle> bundles, SpeedWorkload workload, Progress.Display display)
      throws IOException {
    List<CrossEncoder> encoders = new ArrayList<>();
    try {
      List<Contender> contenders = new ArrayList<>();
      for (ModelBundle bundle : bundles) {
        CrossEncoder encoder = CrossEncoder.open(bundle, ScoringOptions.defaults());
        encoders.add(encoder);
        contenders.add(
            Contender.named(bundle.id() + ", " + bundle.onnxFile().getFileName(), encoder));
      }
      return SpeedComparison.run(workload, contenders, display);
    } finally {
      encoders.forEach(CrossEncoder::close);
    }
  }
}
