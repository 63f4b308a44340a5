/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.util.List;
import java.util.Random;

/**
 * An option with a value that is seldom a good one.
 *
 * @param value as JSON
 */
record RandomOption(String name, String value) {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "3",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"..\"",
          "\"\\u0000\"",
          "[]",
          "[[]]",
          "[null]",
          "[\"text\", 3]",
          "{}",
          "{\"a\": {}}",
          "\"-5ms\"",
          "\"5\"",
          "9223372036854775808");

  static RandomOption of(List<String> names, Random random) {
    return new RandomOption(
        names.get(random.nextInt(names.size())), VALUES.get(random.nextInt(VALUES.size())));
  }

  /** In place of the good one of its name. */
  String beside(List<RandomOption> good) {
    StringBuilder options = new StringBuilder(written());
    good.stream()
        .filter(each -> !each.name.equals(name))
        .forEach(each -> options.append(", ").append(each.written()));
    return "{" + options + "}";
  }

  private String written() {
    return "\"" + name + "\": " + value;
  }
}
