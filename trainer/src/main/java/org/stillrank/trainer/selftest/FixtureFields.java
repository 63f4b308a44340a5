/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a fixture or of one of its cases, refused with the file, the case and the field.
 *
 * @param place within the file, such as {@code " case 3"}; empty for the whole file
 */
record FixtureFields(Path file, String place, JsonNode node) {

  /** Of a whole file. */
  static FixtureFields of(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is no file; name a folder with [objectives.json] and [backbones]");
    }
    try {
      return new FixtureFields(file, "", JsonMapper.shared().readTree(file));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is no JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
  }

  /** Of each case in a list, at least one. */
  List<FixtureFields> cases(String field) {
    JsonNode cases = node.path(field);
    if (!cases.isArray() || cases.isEmpty()) {
      throw new InvalidInputException(
          "[" + file + "] has no [" + field + "]; name a fixture such as objectives.json");
    }
    return IntStream.range(0, cases.size())
        .mapToObj(i -> new FixtureFields(file, " case " + (i + 1), cases.get(i)))
        .toList();
  }

  /** Whether there is such a field, and not null. */
  boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A text, empty where there is none. */
  String text(String field) {
    return node.path(field).asString("");
  }

  double number(String field) {
    if (!isFinite(node.path(field))) {
      throw wrong("[" + field + "] is [" + node.path(field) + "], not a finite number");
    }
    return node.path(field).doubleValue();
  }

  @Nullable Double optionalNumber(String field) {
    return has(field) ? number(field) : null;
  }

  @Nullable Integer optionalInteger(String field) {
    if (!has(field)) {
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

  /** As many numbers as asked for. */
  List<Double> numbers(String field, int count) {
    JsonNode numbers = node.path(field);
    if (!numbers.isArray() || numbers.size() != count) {
      throw wrong("[" + field + "] is [" + numbers + "], not " + count + " numbers");
    }
    return row(field, numbers);
  }

  /** Rows of numbers, at least one of each. */
  List<List<Double>> rows(String field) {
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode row : node.path(field)) {
      rows.add(row(field, row));
    }
    if (rows.isEmpty()) {
      throw wrong("[" + field + "] is [" + node.path(field) + "], not rows of numbers");
    }
    return rows;
  }

  /** Rows as long as those of another field. */
  List<List<Double>> rowsLike(String other, String field) {
    List<List<Double>> rows = rows(field);
    List<Integer> lengths = rows.stream().map(List::size).toList();
    List<Integer> expected = rows(other).stream().map(List::size).toList();
    if (!lengths.equals(expected)) {
      throw wrong(
          "[" + field + "] has rows of " + lengths + " numbers, [" + other + "] of " + expected);
    }
    return rows;
  }

  private List<Double> row(String field, JsonNode row) {
    if (row.isEmpty() || !row.valueStream().allMatch(FixtureFields::isFinite)) {
      throw wrong("[" + field + "] has the row [" + row + "], not finite numbers");
    }
    return row.valueStream().map(JsonNode::doubleValue).toList();
  }

  private static boolean isFinite(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue());
  }

  InvalidInputException wrong(@Nullable String what) {
    return new InvalidInputException(
        "[" + file + "]" + place + ": " + what + "; correct the file or fetch it again");
  }
}
