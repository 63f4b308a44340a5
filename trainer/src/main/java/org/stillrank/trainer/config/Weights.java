/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Where a model's weights are.
 *
 * @param location {@code maven:group:artifact:version!entry} with the ONNX file inside the jar
 *     (beside its {@code tokenizer.json}), or a folder with {@code tokenizer.json} (or the
 *     vocabulary files it can be built from), {@code config.json} and {@code model.safetensors} or
 *     {@code pytorch_model.bin}, each also in shards, or {@code model.onnx}
 * @param sha256 64 hex digits of the ONNX file; required for Maven, not allowed for a folder
 * @param licence SPDX name of the weights' licence
 */
public record Weights(String location, @Nullable String sha256, String licence) {
  private static final String MAVEN = "maven:";

  public Weights {
    if (location.startsWith(MAVEN)) {
      if (!location.matches("maven:[^:!]+:[^:!]+:[^:!]+![^!]+")) {
        throw new InvalidInputException(
            "[location] is [" + location + "]; write maven:group:artifact:version!entry");
      }
      if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
        throw new InvalidInputException(
            "[sha256] is ["
                + sha256
                + "]; give the 64 lower-case hex digits of the entry's SHA-256");
      }
    } else if (sha256 != null) {
      throw new InvalidInputException(
          "[sha256] is only for maven: locations; remove it beside the folder [" + location + "]");
    }
  }

  public boolean isMaven() {
    return location.startsWith(MAVEN);
  }

  /** The location without {@code maven:}, such as {@code group:artifact:version!entry}. */
  public String coordinate() {
    if (!isMaven()) {
      throw new IllegalStateException(location + " is a folder");
    }
    return location.substring(MAVEN.length());
  }
}
