/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.trainer.batching.Activations;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.checkpoint.Checkpoints;
import org.stillrank.trainer.checkpoint.Snapshot;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.config.Optimisation;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Dropout;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.log.TrainingLog;
import org.stillrank.trainer.objective.WeightedObjectives;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.optimisation.LinearSchedule;
import org.stillrank.trainer.report.RunDescription;
import org.stillrank.trainer.report.TrainingReport;
import org.stillrank.trainer.validation.HeldOutQueries;
import org.stillrank.trainer.weights.ModelFiles;
import org.stillrank.trainer.weights.StartWeights;

/**
 * One training from a prepared set to a bundle, in the config's output folder: {@code checkpoints},
 * {@code log.jsonl}, {@code run.json}, {@code report.html} and {@code bundle}. Where checkpoints
 * are, it goes on from the newest, to the same weights as if it had never stopped (on the same
 * machine with as many threads, and on processors: a GPU adds up in any order).
 */
public final class TrainingRun {
  /**
   * How a run ended.
   *
   * @param state the training stands here, and a checkpoint is saved
   * @param steps it should reach
   * @param bundle what was exported; null when it was stopped before the end
   */
  public record Outcome(TrainingState state, int steps, @Nullable Path bundle) {}

  private final TrainingConfig config;
  private final TrainingSet set;
  private final Path output;

  /**
   * @param set prepared for this config
   * @throws InvalidInputException when the set lacks what the objectives need
   */
  public TrainingRun(TrainingConfig config, TrainingSet set) {
    this.config = config;
    this.set = set;
    this.output = Path.of(config.output());
    if (set.training().isEmpty()) {
      throw new InvalidInputException("the prepared set has no training lists; add [sources]");
    }
    RequiredData.check(config.objectives(), set.training());
  }

  /** What a person should know before it begins, though it prevents nothing. */
  public Optional<String> notice() throws IOException {
    return config.trainsOn() == Device.CPU
            && config.optimisation().precision() == Precision.BFLOAT16
        ? Bfloat16Support.ofThisProcessor().lack()
        : Optional.empty();
  }

  /**
   * Trains, resuming where checkpoints are, and exports the best weights.
   *
   * @throws InvalidInputException when another training works in the output folder, up to its
   *     report
   */
  public Outcome run(StopRequest stop, Progress.Display display) throws IOException {
    try (OutputLock lock = OutputLock.take(output)) {
      Outcome outcome = exported(trained(stop, display));
      if (Files.size(output.resolve("log.jsonl")) > 0) {
        TrainingReport.write(output);
      }
      return outcome;
    }
  }

  private Outcome exported(TrainingState state) throws IOException {
    if (!cadence().ends(state) || state.validated() < state.step()) {
      return new Outcome(state, steps(), null);
    }
    Path bundle = output.resolve("bundle");
    new BestWeights(config, set).export(bundle, List.of(config.export()));
    return new Outcome(state, steps(), bundle);
  }

  private TrainingState trained(StopRequest stop, Progress.Display display) throws IOException {
    config.trainsOn().open();
    torch.set_num_threads(config.threads());
    Checkpoints checkpoints =
        new Checkpoints(output.resolve("checkpoints"), TrainingIdentity.of(config, set));
    TrainingState from = checkpoints.newest().orElse(TrainingState.start());
    RunDescription.of(config, set, TrainedBundle.objective(config.objectives()), steps())
        .write(output);
    PairLimits limits = new PairLimits(config.maxLength(), config.maxQueryLength());
    try (PairTokenizer tokenizer =
            PairTokenizer.open(ModelFiles.tokenizer(config.start()), limits);
        Encoder encoder = startEncoder();
        AdamW optimiser =
            new AdamW(
                encoder.parameters(),
                AdamW.Settings.withWeightDecay(config.optimisation().weightDecay()));
        TrainingLog log = TrainingLog.continuedAfter(output.resolve("log.jsonl"), from.step())) {
      requireFit(tokenizer, encoder);
      Snapshot snapshot =
          new Snapshot(encoder.parameters(), optimiser.means(), optimiser.squares());
      if (from.step() > 0) {
        checkpoints.restore(from, snapshot);
        optimiser.continueFrom(from.step());
      }
      LengthGroups groups = LengthGroups.ofTraining(config.trainsOn());
      HeldOutQueries heldOut =
          HeldOutQueries.of(
              set.validation(),
              set.judgements(),
              tokenizer,
              Measure.parse(config.validation().measure()),
              groups);
      OptimiserStep step = step(tokenizer, encoder, groups, optimiser);
      return new TrainingLoop(encoder, step, heldOut, checkpoints, snapshot, log, cadence())
          .run(from, stop, display);
    }
  }

  /** Told before the first step rather than when a long pair or a rare token turns up. */
  private void requireFit(PairTokenizer tokenizer, Encoder encoder) {
    int longest = encoder.architecture().longestPair();
    if (config.maxLength() > longest) {
      throw new InvalidInputException(
          "[max_length] is ["
              + config.maxLength()
              + "], but the encoder of ["
              + config.start().location()
              + "] has positions for ["
              + longest
              + "] tokens; lower it");
    }
    int highest = tokenizer.vocabulary().highestId();
    int rows = encoder.architecture().sizes().vocabulary();
    if (highest >= rows) {
      throw new InvalidInputException(
          "the tokenizer of ["
              + config.start().location()
              + "] gives ids up to ["
              + highest
              + "], but the encoder has embeddings for ["
              + rows
              + "] tokens; use the tokenizer.json that came with the weights");
    }
  }

  private OptimiserStep step(
      PairTokenizer tokenizer, Encoder encoder, LengthGroups groups, AdamW optimiser) {
    Optimisation optimisation = config.optimisation();
    return new OptimiserStep(
        new Examples(
            set.training(),
            tokenizer,
            optimisation.queriesPerStep(),
            optimisation.documentsPerQuery(),
            optimisation.seed()),
        new StepLoss(
            encoder,
            objectives(),
            groups,
            optimisation.accumulation(),
            Objects.requireNonNullElse(optimisation.activations(), Activations.KEPT)),
        optimiser,
        LinearSchedule.withWarmupFraction(
            optimisation.learningRate(), optimisation.warmup(), steps()),
        optimisation.clip(),
        optimisation.seed());
  }

  private TrainingLoop.Cadence cadence() {
    return new TrainingLoop.Cadence(
        steps(),
        config.validation().every(),
        config.checkpointEvery(),
        config.validation().patience());
  }

  /** Optimiser steps in all; passes are rounded up. */
  private int steps() {
    Optimisation optimisation = config.optimisation();
    return optimisation.steps() != null
        ? optimisation.steps()
        : (int)
            Math.ceil(
                Objects.requireNonNull(optimisation.epochs())
                    * set.training().size()
                    / optimisation.queriesPerStep());
  }

  private Encoder startEncoder() throws IOException {
    Optimisation optimisation = config.optimisation();
    Encoder encoder =
        StartWeights.load(config)
            .withDropout(
                new Dropout(
                    optimisation.dropout(),
                    Objects.requireNonNullElse(
                        optimisation.attentionDropout(), optimisation.dropout())))
            .encoder(config.trainsOn());
    encoder.computeIn(Objects.requireNonNullElse(optimisation.precision(), Precision.FLOAT32));
    return encoder;
  }

  private WeightedObjectives objectives() {
    return new WeightedObjectives(
        config.objectives().stream()
            .map(term -> new WeightedObjectives.Term(term.objective(), term.weight()))
            .toList());
  }
}
