/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Windows as people ask for them, in a clause or on a command line; what they leave out has the
 * same default everywhere.
 *
 * @param length tokens of a window
 * @param lead null for none
 * @param stride null for half of what the lead leaves of the length
 * @param max null for {@value #MAX}
 * @param select null for {@link Selection#LEXICAL}
 * @param aggregate null for {@link Aggregation.Kind#MAX}
 * @param topK null for {@value #TOP_K}, with {@link Aggregation.Kind#TOP_K_MEAN} only
 */
public record PassageOptions(
    int length,
    @Nullable Integer lead,
    @Nullable Integer stride,
    @Nullable Integer max,
    @Nullable Selection select,
    Aggregation.@Nullable Kind aggregate,
    @Nullable Integer topK) {
  private static final int MAX = 4;
  private static final int TOP_K = 2;

  /** On a command line: each text's beginning. */
  public static final String BEGINNING = "beginning";

  private static final List<String> OPTIONS =
      List.of("length", "lead", "stride", "max", "select", "aggregate", "top_k");

  /**
   * The passages.
   *
   * @throws InvalidInputException naming the option that cannot be
   */
  public Passages passages() {
    Aggregation.Kind kind = aggregate == null ? Aggregation.Kind.MAX : aggregate;
    if (topK != null && kind != Aggregation.Kind.TOP_K_MEAN) {
      throw new InvalidInputException(
          "[top_k] is given, but [aggregate] is ["
              + spelled(kind)
              + "]; leave it out, or aggregate with ["
              + spelled(Aggregation.Kind.TOP_K_MEAN)
              + "]");
    }
    int before = lead == null ? 0 : lead;
    return new Windows(
        length,
        before,
        stride == null ? Math.max(1, (length - before) / 2) : stride,
        max == null ? MAX : max,
        select == null ? Selection.LEXICAL : select,
        new Aggregation(kind, topK == null ? TOP_K : topK));
  }

  /**
   * Reads {@code beginning}, or options such as {@code length=96,stride=48,max=2}.
   *
   * @throws InvalidInputException naming what is wrong
   */
  public static Passages parse(String text) {
    if (text.equals(BEGINNING)) {
      return Passages.beginning();
    }
    Map<String, Object> given = new HashMap<>();
    for (String part : text.split(",", -1)) {
      String[] option = part.split("=", -1);
      if (option.length != 2) {
        throw new InvalidInputException(
            "["
                + part
                + "] of the passages ["
                + text
                + "] is no OPTION=VALUE; write for example length=96,max=2, or ["
                + BEGINNING
                + "]");
      }
      Object value = option[1].matches("-?\\d{1,9}") ? Integer.valueOf(option[1]) : option[1];
      if (given.put(option[0], value) != null) {
        throw new InvalidInputException("[" + option[0] + "] is given twice; give it once");
      }
    }
    return of(given).passages();
  }

  /**
   * Options by their names, whole numbers and texts as their values.
   *
   * @throws InvalidInputException naming the option that is unknown, missing or of another type
   */
  public static PassageOptions of(Map<String, ?> given) {
    for (String option : given.keySet()) {
      if (!OPTIONS.contains(option)) {
        throw new InvalidInputException(
            "unknown option [" + option + "]; the options are " + OPTIONS);
      }
    }
    Integer length = whole(given, "length");
    if (length == null) {
      throw new InvalidInputException("[length] is missing; give the tokens of a window");
    }
    return new PassageOptions(
        length,
        whole(given, "lead"),
        whole(given, "stride"),
        whole(given, "max"),
        choice(given, "select", Selection.values()),
        choice(given, "aggregate", Aggregation.Kind.values()),
        whole(given, "top_k"));
  }

  private static @Nullable Integer whole(Map<String, ?> given, String option) {
    if (!given.containsKey(option)) {
      return null;
    }
    Object value = given.get(option);
    if (!(value instanceof Integer number)) {
      throw new InvalidInputException("[" + option + "] is [" + value + "]; give a whole number");
    }
    return number;
  }

  private static <E extends Enum<E>> @Nullable E choice(
      Map<String, ?> given, String option, E[] values) {
    if (!given.containsKey(option)) {
      return null;
    }
    Object value = given.get(option);
    return Arrays.stream(values)
        .filter(each -> spelled(each).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "["
                    + option
                    + "] is ["
                    + value
                    + "]; give one of "
                    + Arrays.stream(values).map(PassageOptions::spelled).toList()));
  }

  /** As {@link #parse} reads it, every option of windows given. */
  public static String spelled(Passages passages) {
    if (!(passages instanceof Windows windows)) {
      return BEGINNING;
    }
    return of(windows).entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(","));
  }

  /** What a model is called that scores these, for a name of one word. */
  public static String named(String model, Passages passages) {
    return passages.equals(Passages.beginning()) ? model : model + "@" + spelled(passages);
  }

  /** Every option of windows by its name, as {@link #of(Map)} reads them. */
  public static SequencedMap<String, Object> of(Windows windows) {
    SequencedMap<String, Object> options = new LinkedHashMap<>();
    options.put("length", windows.length());
    if (windows.lead() > 0) {
      options.put("lead", windows.lead());
    }
    options.put("stride", windows.stride());
    options.put("max", windows.max());
    options.put("select", spelled(windows.selection()));
    options.put("aggregate", spelled(windows.aggregation().kind()));
    if (windows.aggregation().kind() == Aggregation.Kind.TOP_K_MEAN) {
      options.put("top_k", windows.aggregation().topK());
    }
    return options;
  }

  /** As requests spell it. */
  public static String spelled(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
