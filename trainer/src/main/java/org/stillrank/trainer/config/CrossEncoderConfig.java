/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

/**
 * A cross-encoder that teaches.
 *
 * @param model folder of a bundle or of a Hugging Face cross-encoder with an ONNX file, relative to
 *     where the command runs
 * @param weight factor of its logit in the ensemble
 */
public record CrossEncoderConfig(String model, double weight) {
  public CrossEncoderConfig {
    Bound.positive("weight", weight);
  }
}
