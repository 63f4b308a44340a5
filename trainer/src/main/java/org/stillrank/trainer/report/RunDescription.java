/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.storage.AtomicOutput;
import org.stillrank.trainer.config.Optimisation;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.example.TrainingSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training is, kept beside its log as {@code run.json}, so that its output folder explains
 * itself.
 *
 * @param name the bundle's id
 * @param start where the weights come from
 * @param objectives the loss as a formula
 * @param teacher in words; null without one
 * @param data lists and what a step sees of them
 * @param optimisation rates, precision and seed
 * @param validation what chooses the checkpoint
 * @param steps optimiser steps in all
 */
public record RunDescription(
    String name,
    String start,
    String objectives,
    @Nullable String teacher,
    String data,
    String optimisation,
    String validation,
    int steps) {
  private static final String FILE = "run.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Of a config and its prepared set.
   *
   * @param objectives the loss as a formula
   * @param steps optimiser steps in all
   */
  public static RunDescription of(
      TrainingConfig config, TrainingSet set, String objectives, int steps) {
    String teacher = set.preparation().teacher();
    Optimisation optimisation = config.optimisation();
    Validation validation = config.validation();
    return new RunDescription(
        config.name(),
        config.start().location(),
        objectives,
        teacher.isEmpty() ? null : teacher,
        String.format(
            Locale.ROOT,
            "%,d lists; %d of a step, with %d documents each; pairs of at most %d tokens",
            set.training().size(),
            optimisation.queriesPerStep(),
            optimisation.documentsPerQuery(),
            config.maxLength()),
        String.format(
                Locale.ROOT,
                "learning rate %s, warm-up %s, weight decay %s, clipping at %s, %s, seed %d",
                optimisation.learningRate(),
                optimisation.warmup(),
                optimisation.weightDecay(),
                optimisation.clip(),
                Objects.requireNonNullElse(optimisation.precision(), Precision.FLOAT32).name(),
                optimisation.seed())
            .toLowerCase(Locale.ROOT),
        String.format(
            Locale.ROOT,
            "%s of %d queries, %s, every %,d steps",
            validation.measure(),
            set.preparation().validationQueries(),
            origin(validation),
            validation.every()),
        steps);
  }

  private static String origin(Validation validation) {
    return switch (validation) {
      case Validation.HeldOut heldOut ->
          String.format(
              Locale.ROOT,
              "held out of %s/%s, BM25 depth %d",
              heldOut.collection(),
              heldOut.split(),
              heldOut.depth());
      case Validation.Folders folders ->
          "mean over "
              + folders.folders().stream()
                  .map(Validation.Folder::label)
                  .collect(Collectors.joining(", "));
    };
  }

  /** In words, by what they are called. */
  SequencedMap<String, String> facts() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("Start", start);
    facts.put("Objectives", objectives);
    facts.put("Teacher", teacher == null ? "none" : teacher);
    facts.put("Data", data);
    facts.put("Optimisation", optimisation);
    facts.put("Validation", validation);
    return facts;
  }

  /** Writes it into the output folder. */
  public void write(Path output) throws IOException {
    byte[] json = (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicOutput.file(output.resolve(FILE), out -> out.write(json));
  }

  /**
   * Reads that of an output folder; none when the training is older than descriptions are.
   *
   * @throws InvalidInputException when it is damaged
   */
  static Optional<RunDescription> read(Path output) throws IOException {
    Path file = output.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), RunDescription.class));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is no description of a training; delete it, train run writes it anew", e);
    }
  }
}
