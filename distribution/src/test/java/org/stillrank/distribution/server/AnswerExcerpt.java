/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a document shows of an answer. {@code …} is any value, any key, further elements at the end
 * of a list, or any characters inside a text.
 *
 * @param language json for members of the answer, text for lines, http for headers
 * @param shown as it is written
 */
record AnswerExcerpt(String language, String shown) {
  private static final String ANY = "…";

  /** How an answer differs, each with its place; empty when it is as shown. */
  List<String> differences(HttpResponse<String> answer) {
    return switch (language) {
      case "json" -> differences(answer.body());
      case "text" -> shown.lines().filter(line -> !hasLine(answer.body(), line)).toList();
      case "http" -> shown.lines().filter(line -> !hasHeader(answer.headers(), line)).toList();
      default -> throw new IllegalArgumentException("a block of [" + language + "] is no answer");
    };
  }

  /** How a JSON answer differs. */
  List<String> differences(String answer) {
    List<String> differences = new ArrayList<>();
    compare(Node.JSON.readTree(shown), Node.JSON.readTree(answer), "answer", differences);
    return differences;
  }

  private static boolean hasLine(String body, String shown) {
    return body.lines().anyMatch(line -> like(words(shown), words(line)));
  }

  private static String words(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }

  private static boolean hasHeader(HttpHeaders headers, String shown) {
    String[] nameAndValue = shown.split(": ", 2);
    return headers.allValues(nameAndValue[0]).stream()
        .anyMatch(value -> like(nameAndValue[1], value));
  }

  private static boolean like(String shown, String given) {
    String pattern =
        Arrays.stream(shown.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(given).matches();
  }

  private static boolean isAny(JsonNode shown) {
    return shown.isString() && shown.asString().equals(ANY);
  }

  private static void compare(JsonNode shown, JsonNode given, String at, List<String> found) {
    if (given.isMissingNode()) {
      found.add(at + " is missing");
    } else if (shown.isObject()) {
      for (Map.Entry<String, JsonNode> member : shown.properties()) {
        String below = at + "." + member.getKey();
        if (member.getKey().equals(ANY)) {
          anyOf(member.getValue(), given, below, found);
        } else {
          compare(member.getValue(), given.path(member.getKey()), below, found);
        }
      }
    } else if (shown.isArray()) {
      compareLists(shown, given, at, found);
    } else if (!isAny(shown) && !same(shown, given)) {
      found.add(at + " is [" + given + "], shown is [" + shown + "]");
    }
  }

  private static void anyOf(JsonNode shown, JsonNode given, String at, List<String> found) {
    List<String> ofAll = new ArrayList<>();
    for (JsonNode each : given) {
      List<String> ofThis = new ArrayList<>();
      compare(shown, each, at, ofThis);
      if (ofThis.isEmpty()) {
        return;
      }
      ofAll.addAll(ofThis);
    }
    found.addAll(ofAll.isEmpty() ? List.of(at + " is missing") : ofAll);
  }

  private static void compareLists(JsonNode shown, JsonNode given, String at, List<String> found) {
    boolean more = !shown.isEmpty() && isAny(shown.get(shown.size() - 1));
    int least = more ? shown.size() - 1 : shown.size();
    if (!given.isArray() || given.size() < least || !more && given.size() > least) {
      found.add(at + " is [" + given + "], shown is [" + shown + "]");
      return;
    }
    for (int i = 0; i < least; i++) {
      compare(shown.get(i), given.get(i), at + "[" + i + "]", found);
    }
  }

  private static boolean same(JsonNode shown, JsonNode given) {
    if (shown.isNumber() && given.isNumber()) {
      return shown.doubleValue() == given.doubleValue();
    }
    return shown.isString() && given.isString()
        ? like(shown.asString(), given.asString())
        : shown.equals(given);
  }
}
