/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

/** What of a training step is timed. */
public enum StepPart {
  /** From token ids to the loss. */
  FORWARD(1),
  /** From the loss to the gradients. */
  BACKWARD(2),
  /** Clipping, AdamW, and gradients set back to 0. */
  OPTIMISER(0),
  /** All of it. */
  STEP(3);

  private final int forwards;

  StepPart(int forwards) {
    this.forwards = forwards;
  }

  /** Its matrix products, in those of a forward pass; see {@link MatrixWork}. */
  int forwards() {
    return forwards;
  }
}
