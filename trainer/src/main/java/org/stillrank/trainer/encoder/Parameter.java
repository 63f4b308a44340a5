/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

/**
 * A tensor that a network learns.
 *
 * @param name as transformers has it
 * @param shape [out, in] for matrices
 * @param role what it does
 * @param part where it belongs
 * @param initial how a new one is drawn
 */
@SuppressWarnings("ArrayRecordComponent") // shapes are never changed
public record Parameter(String name, long[] shape, Role role, Part part, Initial initial) {

  /** What a tensor does in its network. */
  public enum Role {
    /** Rows that are looked up, one for each token of a pair. */
    LOOKUP,
    /** Rows that are read together. */
    TABLE,
    /** Multiplied with states. */
    MATRIX,
    /** Added to states. */
    BIAS,
    /** Scales normalised states. */
    NORM
  }

  /** Pre-training gives the body; the head may have to be drawn. */
  public enum Part {
    BODY,
    HEAD
  }
}
