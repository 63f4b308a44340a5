/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.databind.JsonNode;

/** The fields of one case of a fixture, refused with the file, the case and the field. */
record CaseFields(Path file, int number, JsonNode node) {

  /** A text, empty where there is none. */
  String text(String field) {
    return node.path(field).asString("");
  }

  double number(String field) {
    if (!node.path(field).isNumber()) {
      throw wrong("[" + field + "] is [" + node.path(field) + "], not a number");
    }
    return node.path(field).doubleValue();
  }

  @Nullable Double optionalNumber(String field) {
    return node.has(field) ? number(field) : null;
  }

  @Nullable Integer optionalInteger(String field) {
    if (!node.has(field)) {
      return null;
    }
    if (!node.path(field).isInt()) {
      throw wrong("[" + field + "] is [" + node.path(field) + "], not a whole number");
    }
    return node.path(field).intValue();
  }

  /** Named as in a config, where neither case nor dashes matter. */
  <E extends Enum<E>> E constant(String field, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> plain(each.name()).equals(plain(text(field))))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "["
                    + field
                    + "] is ["
                    + text(field)
                    + "], not one of "
                    + Arrays.toString(type.getEnumConstants())));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  /** Rows of numbers, at least one of each. */
  List<List<Double>> rows(String field) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode row : node.path(field)) {
      if (row.isEmpty() || !row.valueStream().allMatch(JsonNode::isNumber)) {
        throw wrong("[" + field + "] has the row [" + row + "], not numbers");
      }
      rows.add(row.valueStream().map(JsonNode::doubleValue).toList());
    }
    if (rows.isEmpty()) {
      throw wrong("[" + field + "] is [" + node.path(field) + "], not rows of numbers");
    }
    return rows;
  }

  /** Rows as long as those of the scores. */
  List<List<Double>> rowsLike(List<List<Double>> scores, String field) {
    List<List<Double>> rows = rows(field);
    List<Integer> lengths = rows.stream().map(List::size).toList();
    List<Integer> expected = scores.stream().map(List::size).toList();
    if (!lengths.equals(expected)) {
      throw wrong("[" + field + "] has rows of " + lengths + " numbers, [scores] of " + expected);
    }
    return rows;
  }

  InvalidInputException wrong(@Nullable String what) {
    return new InvalidInputException(
        "[" + file + "] case " + number + ": " + what + "; correct the file or fetch it again");
  }
}
