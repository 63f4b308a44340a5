/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

/**
 * Wall-clock seconds of one training step.
 *
 * @param forward from token ids to the loss
 * @param backward from the loss to the gradients
 * @param optimiser clipping, AdamW, gradients set back to 0
 * @param step all of it, from the first token id to memory given back
 */
public record StepSeconds(double forward, double backward, double optimiser, double step) {

  /** Of one part. */
  public double of(StepPart part) {
    return switch (part) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
      case OPTIMISER -> optimiser;
      case STEP -> step;
    };
  }
}
