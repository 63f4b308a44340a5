/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.bundle.ScoreActivation;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.export.BundleExporter;

/** Writes the encoder of the best validation as a bundle that says what it was made from. */
final class TrainedBundle {
  private TrainedBundle() {}

  static ModelBundle write(
      Path folder,
      TrainingConfig config,
      Preparation preparation,
      TrainingState.Best best,
      Encoder encoder,
      Path tokenizer,
      List<TokenPair> probes)
      throws IOException {
    encoder.evaluation();
    boolean int8 = config.export() == ExportWeights.INT8_WEIGHTS;
    String model = int8 ? BundleManifest.INT8_MODEL_NAME : BundleManifest.FP32_MODEL_NAME;
    BundleManifest draft =
        new BundleManifest(
            BundleManifest.FORMAT_VERSION,
            config.name(),
            encoder.config().modelType(),
            objective(config.objectives()),
            config.maxLength(),
            config.maxQueryLength(),
            BundleManifest.DEFAULT_SEPARATOR,
            ScoreActivation.IDENTITY,
            model,
            Map.of(model, int8 ? Quantisation.INT8_WEIGHTS : Quantisation.NONE),
            new TreeMap<>(),
            provenance(config, preparation, best),
            List.of(result(model, config.validation(), preparation, best)));
    return BundleExporter.export(folder, encoder, draft, tokenizer, probes);
  }

  private static String objective(List<ObjectiveTerm> terms) {
    return terms.stream()
        .map(term ->
            String.format(
                Locale.ROOT,
                "%s * %s",
                term.weight(),
                term.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')))
        .collect(Collectors.joining(" + "));
  }

  private static Provenance provenance(
      TrainingConfig config, Preparation preparation, TrainingState.Best best) {
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
        Map.of("java", Runtime.version().toString(), "libtorch", "2.10.0"));
  }

  private static MeasuredResult result(
      String model, Validation validation, Preparation preparation, TrainingState.Best best) {
    return new MeasuredResult(
        model,
        validation.collection() + "/" + validation.split(),
        preparation.validationQueries()
            + " held-out queries, BM25 depth "
            + validation.depth()
            + ", float32 weights",
        Map.of(validation.measure(), best.value()));
  }
}
