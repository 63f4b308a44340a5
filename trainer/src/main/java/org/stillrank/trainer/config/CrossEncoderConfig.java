/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;

/**
 * A cross-encoder that teaches.
 *
 * @param model folder of a bundle or of a Hugging Face cross-encoder with an ONNX file, relative to
 *     where the command runs
 * @param passages how it reads a text, spelled as for {@code bench passages}; its beginning when
 *     left out
 * @param weight factor of its logit in the ensemble
 */
public record CrossEncoderConfig(String model, @Nullable String passages, double weight) {
  /**
   * @throws org.stillrank.reranker.input.InvalidInputException if a weight or a way to read is none
   */
  public CrossEncoderConfig {
    Bound.positive("weight", weight);
    if (passages != null) {
      PassageOptions.parse(passages);
    }
  }

  /** How it reads a text. */
  public Passages reading() {
    return passages == null ? Passages.beginning() : PassageOptions.parse(passages);
  }
}
