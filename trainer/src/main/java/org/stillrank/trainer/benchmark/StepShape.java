/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import org.stillrank.trainer.encoder.Precision;

/**
 * How large a benchmarked step is.
 *
 * @param pairs in one step, a multiple of 8
 * @param tokens of each pair
 * @param precision of the layers
 */
public record StepShape(int pairs, int tokens, Precision precision) {
  public StepShape {
    if (pairs <= 0 || pairs % 8 != 0 || tokens < 8 || tokens > 512) {
      throw new IllegalArgumentException(
          pairs + " pairs of " + tokens + " tokens: pairs come in eights, tokens are 8 to 512");
    }
  }
}
