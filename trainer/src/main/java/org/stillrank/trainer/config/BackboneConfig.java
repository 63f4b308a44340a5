/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.nio.file.Path;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A pretrained encoder on the Hugging Face hub, as in {@code config/backbones}.
 *
 * @param hubId such as {@code microsoft/deberta-v3-base}
 * @param revision a branch, tag or commit of its repository
 * @param label what the paper calls it
 * @param family the {@code model_type} of its {@code config.json}
 * @param licence SPDX name of the weights' licence
 * @param weights files with its weights, the first one that the hub has is fetched
 * @param tokenizer files of its tokenizer, all that the hub has are fetched, at least one
 * @param training how the paper trains it
 */
public record BackboneConfig(
    String hubId,
    String revision,
    String label,
    String family,
    String licence,
    List<String> weights,
    List<String> tokenizer,
    BackboneTraining training) {

  private static final List<String> WEIGHTS = List.of("model.safetensors", "pytorch_model.bin");

  public BackboneConfig {
    weights = List.copyOf(weights);
    tokenizer = List.copyOf(tokenizer);
    if (!hubId.matches("([A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new InvalidInputException("[hub_id] is [" + hubId + "]; write owner/name");
    }
    if (!revision.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new InvalidInputException(
          "[revision] is [" + revision + "]; write a branch, a tag or a commit");
    }
    Bound.notEmpty("weights", weights);
    for (String name : weights) {
      if (!WEIGHTS.contains(name)) {
        throw new InvalidInputException(
            "[weights] has [" + name + "]; known are " + WEIGHTS + ", and no shards");
      }
    }
    Bound.notEmpty("tokenizer", tokenizer);
    for (String name : tokenizer) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
        throw new InvalidInputException(
            "[tokenizer] has [" + name + "]; write names of files without folders");
      }
    }
  }

  /**
   * Reads a config.
   *
   * @throws InvalidInputException naming the file and the field when the file is missing, is no
   *     YAML, or holds an unknown, missing or wrong value
   */
  public static BackboneConfig read(Path file) {
    return new ConfigFile(file).read(BackboneConfig.class, List.of());
  }
}
