/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Dropout;
import org.stillrank.trainer.encoder.Precision;

/**
 * A benchmarked step.
 *
 * @param backbone what the network is called
 * @param architecture the network, with dropout 0.1 everywhere
 * @param pairs in one step, a multiple of {@link #LIST}
 * @param tokens of each pair, or of the longest where pairs are real ones
 * @param precision of the layers
 * @param device that computes it
 */
public record StepShape(
    String backbone,
    Architecture architecture,
    int pairs,
    int tokens,
    Precision precision,
    Device device) {
  /** Pairs of a query. */
  public static final int LIST = 8;

  private static final int FEWEST_TOKENS = 8;
  private static final Dropout DROPOUT = new Dropout(0.1, 0.1);

  /**
   * @throws InvalidInputException when there is no such step
   */
  public StepShape {
    architecture = architecture.withDropout(DROPOUT);
    if (pairs <= 0 || pairs % LIST != 0) {
      throw new InvalidInputException(
          "a step of [" + pairs + "] pairs is not made; give a multiple of [" + LIST + "]");
    }
    if (tokens < FEWEST_TOKENS || tokens > architecture.longestPair()) {
      throw new InvalidInputException(
          "pairs of ["
              + tokens
              + "] tokens are not made for ["
              + backbone
              + "]; give ["
              + FEWEST_TOKENS
              + "] to ["
              + architecture.longestPair()
              + "]");
    }
  }

  /** Lists of a step. */
  int queries() {
    return pairs / LIST;
  }

  /** Numbers that the network learns. */
  public long parameters() {
    return architecture.parameters().values().stream()
        .mapToLong(parameter -> Arrays.stream(parameter.shape()).reduce(1, Math::multiplyExact))
        .sum();
  }
}
