/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.batching;

/** What becomes of the numbers inside the encoder between a step's scores and their gradients. */
public enum Activations {
  /** They wait for the gradients. */
  KEPT,

  /** They are computed again, batch by batch: a second forward pass, the memory of one batch. */
  RECOMPUTED
}
