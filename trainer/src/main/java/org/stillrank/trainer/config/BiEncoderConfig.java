/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.Locale;

/**
 * A model that turns one text into one vector.
 *
 * @param name short name for reports
 * @param weights an ONNX file beside its tokenizer
 * @param pooling how token vectors become one
 * @param queryPrefix words put before a query, with their trailing space
 * @param passagePrefix words put before a passage, with their trailing space
 * @param maxLength tokens of a text, special tokens counted; the rest is cut
 * @param weight factor of the cosine in the ensemble, such as 20
 */
public record BiEncoderConfig(
    String name,
    Weights weights,
    Pooling pooling,
    String queryPrefix,
    String passagePrefix,
    int maxLength,
    double weight) {

  /** How token vectors become one. */
  public enum Pooling {
    /** The vector of the first token. */
    CLS,
    /** The mean of all token vectors. */
    MEAN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public BiEncoderConfig {
    Bound.atLeast("max_length", maxLength, 3);
    Bound.positive("weight", weight);
  }
}
