/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stillrank.bench.lines.Line;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a log as the record that it is. */
record LogLine(Line line, JsonNode tree) {

  /**
   * Reads a line.
   *
   * @return a {@link StepRecord} or a {@link ValidationRecord}
   * @throws InvalidInputException naming file and line when it is neither
   */
  static Record read(Line line) {
    JsonNode tree;
    try {
      tree = JsonMapper.shared().readTree(line.text());
    } catch (JacksonException e) {
      throw line.refusal("is no JSON: " + e.getOriginalMessage() + "; remove the line");
    }
    LogLine read = new LogLine(line, tree);
    if (tree.has("loss")) {
      return read.step();
    }
    if (tree.has("measure")) {
      return read.validation();
    }
    throw line.refusal("is no record: it has neither [loss] nor [measure]; remove the line");
  }

  private StepRecord step() {
    return new StepRecord(
        stepNumber("step"),
        number("loss"),
        number("learning_rate"),
        number("gradient_norm"),
        number("pairs_per_second"),
        number("tokens_per_second"));
  }

  private ValidationRecord validation() {
    JsonNode measure = tree.path("measure");
    if (!measure.isString()) {
      throw wrong("measure", measure, "a text");
    }
    return new ValidationRecord(
        stepNumber("step"),
        measure.stringValue(),
        number("value"),
        stepNumber("best_step"),
        number("seconds"),
        folders());
  }

  private Map<String, Double> folders() {
    Map<String, Double> folders = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : tree.path("folders").properties()) {
      folders.put(each.getKey(), finite("folders." + each.getKey(), each.getValue()));
    }
    return folders;
  }

  private int stepNumber(String key) {
    JsonNode node = tree.path(key);
    if (!node.isInt() || node.intValue() < 0) {
      throw wrong(key, node, "a step");
    }
    return node.intValue();
  }

  private double number(String key) {
    return finite(key, tree.path(key));
  }

  private double finite(String key, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(key, node, "a finite number");
    }
    return node.doubleValue();
  }

  private InvalidInputException wrong(String key, JsonNode node, String expected) {
    String found = node.isMissingNode() ? "is missing" : "is [" + node + "]";
    return line.refusal("[" + key + "] " + found + ", not " + expected + "; remove the line");
  }
}
