/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.reranker.bundle.BundleManifest.MeasuredResult;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Quantisation;
import org.stillrank.reranker.bundle.ScoreActivation;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.ExportWeights;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.config.Validation.Folder;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.example.Preparation.FolderReport;
import org.stillrank.trainer.export.BundleExporter;

/** A validated encoder as a bundle that says what it was made from. */
record TrainedBundle(TrainingConfig config, Preparation preparation, TrainingState.Best best) {
  private static final String BY_THE_TRAINER = "by the trainer before weights were rounded";

  /**
   * @param encoder of which the weights are written
   * @param kinds a model file of each, the first one the bundle's default
   * @param calibration pairs of the training side, which weights are rounded for
   * @param probes pairs that every file must answer as libtorch does
   */
  ModelBundle write(
      Path folder,
      Encoder encoder,
      List<ExportWeights> kinds,
      Path tokenizer,
      List<TokenPair> calibration,
      List<TokenPair> probes)
      throws IOException {
    Map<String, Quantisation> models = models(kinds);
    String model = fileName(kinds.getFirst());
    BundleManifest draft =
        new BundleManifest(
            BundleManifest.FORMAT_VERSION,
            config.name(),
            encoder.architecture().modelType(),
            objective(config.objectives()),
            config.maxLength(),
            config.maxQueryLength(),
            BundleManifest.DEFAULT_SEPARATOR,
            ScoreActivation.IDENTITY,
            model,
            models,
            new TreeMap<>(),
            TrainedProvenance.of(config, preparation, best),
            List.of(result(model)));
    return BundleExporter.export(folder, encoder, draft, tokenizer, calibration, probes);
  }

  /**
   * The files of a bundle.
   *
   * @throws InvalidInputException when two kinds would get the same file
   */
  static Map<String, Quantisation> models(List<ExportWeights> kinds) {
    Map<String, Quantisation> models = new LinkedHashMap<>();
    for (ExportWeights kind : kinds) {
      if (models.put(fileName(kind), quantisation(kind)) != null) {
        throw new InvalidInputException(
            "two of the weights "
                + kinds
                + " would be written to ["
                + fileName(kind)
                + "]; export them as two bundles");
      }
    }
    return models;
  }

  private static String fileName(ExportWeights kind) {
    return switch (kind) {
      case FP32, FP16 -> BundleManifest.FP32_MODEL_NAME;
      case INT8_WEIGHTS, INT8_PER_ROW -> BundleManifest.INT8_MODEL_NAME;
    };
  }

  private static Quantisation quantisation(ExportWeights kind) {
    return switch (kind) {
      case FP32 -> Quantisation.NONE;
      case FP16 -> Quantisation.FP16;
      case INT8_WEIGHTS -> Quantisation.INT8_WEIGHTS;
      case INT8_PER_ROW -> Quantisation.INT8_PER_ROW;
    };
  }

  /** The loss as a formula of its terms, with the options that the config gives. */
  static String objective(List<ObjectiveTerm> terms) {
    return terms.stream()
        .map(term ->
            String.format(
                Locale.ROOT, "%s * %s%s", term.weight(), term.objective().name(), options(term)))
        .collect(Collectors.joining(" + "));
  }

  private static String options(ObjectiveTerm term) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    options.put("temperature", term.temperature());
    options.put("margin", term.margin());
    options.put("discount", term.discount());
    options.put("highest_grade", term.highestGrade());
    options.values().removeIf(Objects::isNull);
    return options.isEmpty() ? "" : options.toString().toLowerCase(Locale.ROOT);
  }

  private MeasuredResult result(String model) {
    Map<String, Double> value = Map.of(config.validation().measure(), best.value());
    return switch (config.validation()) {
      case Validation.HeldOut heldOut ->
          new MeasuredResult(
              model,
              heldOut.collection() + "/" + heldOut.split(),
              preparation.validationQueries()
                  + " held-out queries, BM25 depth "
                  + heldOut.depth()
                  + ", ideal order of these candidates, "
                  + BY_THE_TRAINER,
              value);
      case Validation.Folders folders ->
          new MeasuredResult(
              model,
              folders.folders().stream().map(Folder::label).collect(Collectors.joining(", ")),
              preparation.folders().stream().mapToInt(FolderReport::used).sum()
                  + " queries that chose the checkpoint, mean of the folders' means, "
                  + folders.folders().stream()
                      .map(TrainedBundle::candidates)
                      .distinct()
                      .collect(Collectors.joining(" and "))
                  + ", "
                  + BY_THE_TRAINER,
              value);
    };
  }

  private static String candidates(Folder folder) {
    return (folder.run() == null ? "BM25" : "a run's") + " depth " + folder.candidates();
  }
}
