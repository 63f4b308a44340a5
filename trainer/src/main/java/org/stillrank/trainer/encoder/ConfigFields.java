/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.nio.file.Files;
import java.nio.file.Path;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of a {@code config.json}, each checked where it is read. */
record ConfigFields(Path file, JsonNode root) {

  static ConfigFields of(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] does not exist; give a folder with the model's config.json");
    }
    try {
      return new ConfigFields(file, JsonMapper.shared().readTree(file));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is not JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
  }

  JsonNode node(String key) {
    return root.path(key);
  }

  String text(String key, String absentMeans) {
    return root.path(key).asString(absentMeans);
  }

  /**
   * @param supported the only value that the family computes
   */
  void mustBe(String key, String supported, String absentMeans) {
    String value = root.path(key).asString(absentMeans);
    if (!value.equals(supported)) {
      throw unsupported(key, supported);
    }
  }

  InvalidInputException unsupported(String key, String supported) {
    return new InvalidInputException(
        "["
            + file
            + "] has "
            + key
            + " ["
            + root.path(key).asString(root.path(key).toString())
            + "]; computed is ["
            + supported
            + "] only, choose a model of that kind");
  }

  int positive(String key) {
    JsonNode node = root.path(key);
    if (!node.isInt() || node.intValue() <= 0) {
      throw new InvalidInputException(
          "[" + file + "] has " + key + " [" + node + "]; it must be a whole number above 0");
    }
    return node.intValue();
  }

  int positive(String key, int absentMeans) {
    return root.path(key).isMissingNode() || root.path(key).isNull() ? absentMeans : positive(key);
  }

  double number(String key, double absentMeans) {
    JsonNode node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return absentMeans;
    }
    if (!node.isNumber() || node.doubleValue() < 0) {
      throw new InvalidInputException(
          "[" + file + "] has " + key + " [" + node + "]; it must be a number, 0 or more");
    }
    return node.doubleValue();
  }

  boolean flag(String key, boolean absentMeans) {
    return root.path(key).asBoolean(absentMeans);
  }

  Sizes sizes(double normEpsilon) {
    return new Sizes(
        positive("vocab_size"),
        positive("hidden_size"),
        positive("num_hidden_layers"),
        positive("num_attention_heads"),
        positive("intermediate_size"),
        normEpsilon,
        number("initializer_range", 0.02));
  }
}
