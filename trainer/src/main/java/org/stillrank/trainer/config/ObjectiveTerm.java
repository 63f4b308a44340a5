/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * One term of the loss.
 *
 * @param kind which objective
 * @param weight factor of its loss
 * @param temperature divides the scores; only for {@code infonce}, 1 when null
 */
public record ObjectiveTerm(Kind kind, double weight, @Nullable Double temperature) {

  /** The objectives that can be asked for, spelled in YAML in lower case with dashes. */
  public enum Kind {
    INFONCE,
    MARGIN_MSE
  }

  public ObjectiveTerm {
    Bound.positive("weight", weight);
    if (temperature != null) {
      Bound.positive("temperature", temperature);
      if (kind != Kind.INFONCE) {
        throw new InvalidInputException("[temperature] is only for kind infonce; remove it");
      }
    }
  }
}
