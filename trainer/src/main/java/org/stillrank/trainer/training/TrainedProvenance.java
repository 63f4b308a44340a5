/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.session.RuntimeEnvironment;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Weights;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.export.HuggingFaceFolder;

/** What trained weights were made from, the trainings before this one included. */
final class TrainedProvenance {
  private TrainedProvenance() {}

  static Provenance of(TrainingConfig config, Preparation preparation, TrainingState.Best best)
      throws IOException {
    Provenance own = own(config, preparation, best);
    Weights start = config.start();
    Optional<Provenance> earlier =
        start.isMaven() ? Optional.empty() : earlier(Path.of(start.location()));
    return earlier.map(own::after).orElse(own);
  }

  private static Optional<Provenance> earlier(Path folder) throws IOException {
    return BundleManifest.isIn(folder)
        ? ModelBundle.open(folder).manifest().map(BundleManifest::provenance)
        : HuggingFaceFolder.provenance(folder);
  }

  private static Provenance own(
      TrainingConfig config, Preparation preparation, TrainingState.Best best) throws IOException {
    List<Provenance.Source> data =
        preparation.sources().stream()
            .map(each ->
                new Provenance.Source(
                    each.source(), each.licence(), each.lists() + " lists, BEIR folder"))
            .toList();
    return new Provenance(
        new Provenance.Source(
            config.start().location().replaceFirst(".*[!/]", ""),
            config.start().licence(),
            config.start().location()),
        data,
        preparation.teacher().isEmpty() ? null : preparation.teacher(),
        config.optimisation().seed(),
        best.step(),
        Map.of(
            "java",
            Runtime.version().toString(),
            "bytedeco-pytorch",
            Loader.getVersion("org.bytedeco", "pytorch"),
            "onnxruntime",
            RuntimeEnvironment.get().getVersion()));
  }
}
