/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Another value for one key of a config, so that trainings that differ in little share a file.
 *
 * @param path keys from the outermost mapping on
 * @param value as YAML; empty to leave the key out
 */
record ConfigChange(List<String> path, JsonNode value) {
  /**
   * Reads {@code KEY=VALUE}, such as {@code optimisation.steps=400} or {@code start_layers=[0, 2]}.
   *
   * @throws InvalidInputException when it is written in another way
   */
  static ConfigChange parse(String text, YAMLMapper yaml) {
    int sign = text.indexOf('=');
    if (sign < 1) {
      throw new InvalidInputException(
          "the change [" + text + "] is no KEY=VALUE; write for example optimisation.steps=400");
    }
    try {
      JsonNode value = yaml.readTree(text.substring(sign + 1));
      return new ConfigChange(List.of(text.substring(0, sign).split("\\.", -1)), value);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "the change [" + text + "] gives no valid YAML: " + e.getOriginalMessage(), e);
    }
  }

  /** Makes it, whether or not the key is known: who reads the tree tells. */
  void in(JsonNode tree) {
    JsonNode parent = tree;
    for (String key : path.subList(0, path.size() - 1)) {
      parent = parent.path(key);
    }
    if (!(parent instanceof ObjectNode mapping)) {
      throw new InvalidInputException(
          "the change of ["
              + String.join(".", path)
              + "] finds no mapping to change there; give the whole value of ["
              + path.getFirst()
              + "]");
    }
    String key = path.getLast();
    if (value.isNull() || value.isMissingNode()) {
      mapping.remove(key);
    } else {
      mapping.set(key, value);
    }
  }
}
