/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

/** Asked after every step, and between batches of a validation, whether a person wants an end. */
@FunctionalInterface
public interface StopRequest {
  /** Never. */
  StopRequest NONE = () -> false;

  /** Whether to save a checkpoint and stop. */
  boolean pending();
}
