/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.checkpoint.Checkpoints;
import org.stillrank.trainer.checkpoint.Snapshot;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.log.StepRecord;
import org.stillrank.trainer.log.TrainingLog;
import org.stillrank.trainer.log.ValidationRecord;
import org.stillrank.trainer.validation.HeldOutQueries;

/** Steps, validations and checkpoints in their order, from wherever the training stands. */
final class TrainingLoop {

  /**
   * When things happen, in optimiser steps.
   *
   * @param steps all of them
   * @param validateEvery between validations; the last step is always validated
   * @param saveEvery between checkpoints; a validation and the last step are always saved
   * @param patience validations without gain after which training ends; null trains all steps
   */
  record Cadence(int steps, int validateEvery, int saveEvery, @Nullable Integer patience) {
    boolean validates(TrainingState state) {
      return state.step() > state.validated()
          && (state.step() % validateEvery == 0 || state.step() == steps);
    }

    boolean ends(TrainingState state) {
      return state.step() >= steps || (patience != null && state.withoutGain() >= patience);
    }
  }

  private final Encoder encoder;
  private final OptimiserStep optimiserStep;
  private final HeldOutQueries heldOut;
  private final Checkpoints checkpoints;
  private final Snapshot snapshot;
  private final TrainingLog log;
  private final Cadence cadence;

  TrainingLoop(
      Encoder encoder,
      OptimiserStep optimiserStep,
      HeldOutQueries heldOut,
      Checkpoints checkpoints,
      Snapshot snapshot,
      TrainingLog log,
      Cadence cadence) {
    this.encoder = encoder;
    this.optimiserStep = optimiserStep;
    this.heldOut = heldOut;
    this.checkpoints = checkpoints;
    this.snapshot = snapshot;
    this.log = log;
    this.cadence = cadence;
  }

  /**
   * Trains until all steps are done, nothing improves any more, or a stop is requested; the state
   * returned is saved.
   */
  TrainingState run(TrainingState from, StopRequest stop, Progress.Display display)
      throws IOException {
    encoder.training();
    TrainingState state = from;
    int saved = from.step();
    try (Progress progress = display.start("Training", cadence.steps() - from.step())) {
      while (true) {
        if (cadence.validates(state) && !stop.pending()) {
          TrainingState measured = validate(state, stop, display);
          if (measured != null) {
            state = measured;
            checkpoints.save(state, snapshot);
            saved = state.step();
          }
        }
        if (cadence.ends(state) || stop.pending()) {
          break;
        }
        state = step(state, progress);
        if (state.step() % cadence.saveEvery() == 0 && !cadence.validates(state)) {
          checkpoints.save(state, snapshot);
          saved = state.step();
        }
      }
    }
    if (state.step() > saved) {
      checkpoints.save(state, snapshot);
    }
    return state;
  }

  private TrainingState step(TrainingState state, Progress progress) {
    long start = System.nanoTime();
    StepReport report = optimiserStep.run(state.step());
    double seconds = (System.nanoTime() - start) / 1e9;
    double pairsPerSecond = report.pairs() / seconds;
    TrainingState after = state.afterStep();
    log.add(
        new StepRecord(
            after.step(),
            report.loss(),
            report.learningRate(),
            report.gradientNorm(),
            pairsPerSecond,
            report.tokens() / seconds));
    progress.note(
        String.format(
            Locale.ROOT,
            "step %d, loss %.4f, %.1f pairs/s%s",
            after.step(),
            report.loss(),
            pairsPerSecond,
            best(after)));
    progress.step(1);
    return after;
  }

  private String best(TrainingState state) {
    TrainingState.Best best = state.best();
    return best == null
        ? ""
        : String.format(
            Locale.ROOT, ", best %s %.4f at %d", heldOut.measure(), best.value(), best.step());
  }

  /** Null when it was given up for a stop; it is made up for after resuming. */
  private @Nullable TrainingState validate(
      TrainingState state, StopRequest stop, Progress.Display display) {
    long start = System.nanoTime();
    HeldOutQueries.Means means;
    try {
      means =
          heldOut.means(
              encoder,
              () -> {
                if (stop.pending()) {
                  throw new CancellationException("stopped");
                }
              },
              display);
    } catch (CancellationException e) {
      return null;
    } catch (ArithmeticException e) {
      throw new DivergenceException(
          "training stopped at step " + state.step() + ": " + e.getMessage());
    }
    TrainingState measured = state.measured(means.mean());
    TrainingState.Best best = measured.best();
    log.add(
        new ValidationRecord(
            state.step(),
            heldOut.measure(),
            means.mean(),
            best == null ? state.step() : best.step(),
            (System.nanoTime() - start) / 1e9,
            means.bySource().size() > 1 ? means.bySource() : Map.of()));
    return measured;
  }
}
