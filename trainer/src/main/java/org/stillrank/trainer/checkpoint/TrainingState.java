/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * Where a training stands. With the config's seed it decides the data and the random numbers of
 * every later step.
 *
 * @param step optimiser steps done
 * @param validated the last step after which the validation queries were measured, 0 for none
 * @param best the best validation so far, null before the first
 * @param withoutGain validations since the best one
 */
public record TrainingState(int step, int validated, @Nullable Best best, int withoutGain) {

  /**
   * @param step after which the weights were as good as this
   * @param value of the validation measure
   */
  public record Best(int step, double value) {}

  /** Before the first step. */
  public static TrainingState start() {
    return new TrainingState(0, 0, null, 0);
  }

  /** One step later. */
  public TrainingState afterStep() {
    return new TrainingState(step + 1, validated, best, withoutGain);
  }

  /** With a validation of the present weights; an equal value keeps the earlier best. */
  public TrainingState measured(double value) {
    return best == null || value > best.value()
        ? new TrainingState(step, step, new Best(step, value), 0)
        : new TrainingState(step, step, best, withoutGain + 1);
  }

  /** Whether the present weights are the best. */
  public boolean weightsAreBest() {
    return best != null && best.step() == step;
  }
}
