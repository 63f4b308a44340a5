/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParser.Token;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.ModelId;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;

/**
 * Reads a {@code cross_encoder} clause without guessing: values of another type, repeated and
 * unknown options are refused with the option's name, so that a misspelt option never silently
 * means its default.
 */
public final class ClauseParser {
  private static final List<String> OPTIONS =
      List.of(
          Clause.MODEL,
          Clause.QUERY,
          Clause.FIELDS,
          Clause.TOKENS,
          Clause.WITHOUT_TOKENS,
          Clause.PASSAGES,
          Clause.SHOW_PASSAGES,
          Clause.SCORE_MODE,
          Clause.QUERY_WEIGHT,
          Clause.RESCORE_QUERY_WEIGHT,
          Clause.TIMEOUT,
          Clause.ON_FAILURE);

  /** Only the shard that has a hit reads another thing in place of what it lacks. */
  private static final Set<String> SHARDS_OWN = Set.of(Clause.WITHOUT_TOKENS);

  private static final int MOST_FIELDS = 64;

  /** Options of a place where a clause stands. */
  public interface OtherOptions {
    /** Their names. */
    List<String> names();

    /**
     * Reads the value that the parser stands on.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    void read(String option) throws IOException;
  }

  private final XContentParser parser;
  private final List<String> options;
  private final @Nullable OtherOptions others;
  private @Nullable String model;
  private @Nullable String query;
  private List<String> fields = List.of();
  private @Nullable String tokens;
  private @Nullable WithoutTokens withoutTokens;
  private Passages passages = Passages.beginning();
  private boolean showPassages;
  private ScoreMode mode = ScoreMode.REPLACE;
  private float queryWeight = 1;
  private float rescoreQueryWeight = 1;
  private @Nullable TimeValue timeout;
  private OnFailure onFailure = OnFailure.FAIL;

  private ClauseParser(XContentParser parser, List<String> options, @Nullable OtherOptions others) {
    this.parser = parser;
    this.options = options;
    this.others = others;
  }

  /** The parser stands on, or just before, the clause's opening brace and ends on its last one. */
  static Clause parse(XContentParser parser) throws IOException {
    return new ClauseParser(parser, OPTIONS, null).clause();
  }

  /** As {@link #parse}, away from shards and where other options stand beside. */
  public static Clause parse(XContentParser parser, OtherOptions others) throws IOException {
    List<String> options = new ArrayList<>(OPTIONS);
    options.removeAll(SHARDS_OWN);
    options.addAll(others.names());
    return new ClauseParser(parser, options, others).clause();
  }

  private Clause clause() throws IOException {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    if (parser.currentToken() != Token.START_OBJECT) {
      throw refused("the clause is no object; write {\"cross_encoder\": {\"model\": …}}");
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != Token.END_OBJECT) {
      String option = parser.currentName();
      if (!seen.add(option)) {
        throw refused("[" + option + "] is given twice; give it once");
      }
      if (!options.contains(option)) {
        throw refused("unknown option [" + option + "]; the options are " + options);
      }
      parser.nextToken();
      read(option);
    }
    if (model == null) {
      throw refused("[model] is missing; name a folder below config/stillrank/models");
    }
    if (query == null) {
      throw refused("[query] is missing; give the text that passages are scored against");
    }
    if (tokens == null && fields.isEmpty()) {
      throw refused("[fields] is missing or empty; name the fields whose text is scored");
    }
    if (tokens != null && !fields.isEmpty()) {
      throw refused("[tokens] and [fields] both say what is scored; leave out one");
    }
    if (tokens == null && withoutTokens != null) {
      throw refused("[without_tokens] is given without [tokens]; leave it out, or name the field");
    }
    return new Clause(
        model,
        query,
        fields,
        tokens,
        withoutTokens == null ? WithoutTokens.FAIL : withoutTokens,
        passages,
        showPassages,
        new Combination(mode, queryWeight, rescoreQueryWeight),
        timeout,
        onFailure);
  }

  private void read(String option) throws IOException {
    switch (option) {
      case Clause.MODEL -> model = modelId();
      case Clause.QUERY -> query = filled(option, "give the text that passages are scored against");
      case Clause.FIELDS -> fields = fields();
      case Clause.TOKENS -> tokens = filled(option, "name a field of type [passage_tokens]");
      case Clause.WITHOUT_TOKENS ->
          withoutTokens = WithoutTokens.values()[choice(option, WithoutTokens.spellings())];
      case Clause.PASSAGES -> passages = passages();
      case Clause.SHOW_PASSAGES -> showPassages = truth(option);
      case Clause.SCORE_MODE -> mode = ScoreMode.values()[choice(option, ScoreMode.spellings())];
      case Clause.QUERY_WEIGHT -> queryWeight = weight(option);
      case Clause.RESCORE_QUERY_WEIGHT -> rescoreQueryWeight = weight(option);
      case Clause.TIMEOUT -> timeout = time();
      case Clause.ON_FAILURE ->
          onFailure = OnFailure.values()[choice(option, OnFailure.spellings())];
      default -> readOther(option);
    }
  }

  private void readOther(String option) throws IOException {
    try {
      Objects.requireNonNull(others).read(option);
    } catch (IllegalArgumentException e) {
      throw refused("[" + option + "] " + e.getMessage());
    }
  }

  private String modelId() throws IOException {
    String id = text(Clause.MODEL);
    if (!ModelId.isValid(id)) {
      throw refused("[model] is [" + id + "]; " + ModelId.RULE);
    }
    return id;
  }

  private List<String> fields() throws IOException {
    if (parser.currentToken() != Token.START_ARRAY) {
      return List.of(filled(Clause.FIELDS, "name a field"));
    }
    List<String> names = new ArrayList<>();
    while (parser.nextToken() != Token.END_ARRAY) {
      String name = filled(Clause.FIELDS, "name a field");
      if (names.contains(name)) {
        throw refused("[fields] names [" + name + "] twice; name it once");
      }
      names.add(name);
      if (names.size() > MOST_FIELDS) {
        throw refused("[fields] names more than [" + MOST_FIELDS + "] fields; name fewer");
      }
    }
    return names;
  }

  private Passages passages() throws IOException {
    if (parser.currentToken() != Token.START_OBJECT) {
      throw refused("[passages] is " + given(parser) + "; give an object such as {\"length\": 96}");
    }
    try {
      return PassageOptions.of(parser.map()).passages();
    } catch (InvalidInputException e) {
      throw refused("[passages] " + e.getMessage());
    }
  }

  private String filled(String option, String remedy) throws IOException {
    String text = text(option);
    if (text.isBlank()) {
      throw refused("[" + option + "] is empty; " + remedy);
    }
    return text;
  }

  private String text(String option) throws IOException {
    if (parser.currentToken() != Token.VALUE_STRING) {
      throw refused("[" + option + "] is " + given(parser) + "; give a text");
    }
    return parser.text();
  }

  private int choice(String option, List<String> spellings) throws IOException {
    int index = spellings.indexOf(text(option));
    if (index < 0) {
      throw refused("[" + option + "] is [" + parser.text() + "]; give one of " + spellings);
    }
    return index;
  }

  private boolean truth(String option) throws IOException {
    if (parser.currentToken() != Token.VALUE_BOOLEAN) {
      throw refused("[" + option + "] is " + given(parser) + "; give true or false");
    }
    return parser.booleanValue();
  }

  private float weight(String option) throws IOException {
    if (parser.currentToken() != Token.VALUE_NUMBER) {
      throw refused("[" + option + "] is " + given(parser) + "; give a number, 0 or more");
    }
    float weight = parser.floatValue();
    if (!(weight >= 0) || Float.isInfinite(weight)) {
      throw refused("[" + option + "] is [" + parser.text() + "]; give one from 0 to 3.4e38");
    }
    return weight;
  }

  private TimeValue time() throws IOException {
    String text = text(Clause.TIMEOUT);
    TimeValue time;
    try {
      time = TimeValue.parseTimeValue(text, Clause.TIMEOUT);
    } catch (IllegalArgumentException e) {
      throw refused("[timeout] is [" + text + "]; give a time such as 500ms");
    }
    if (time.nanos() <= 0) {
      throw refused("[timeout] is [" + text + "]; give more than 0, or leave it out");
    }
    return time;
  }

  /** What stands there in place of what is read, for a message. */
  public static String given(XContentParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "null";
      case VALUE_NUMBER -> "the number [" + parser.text() + "]";
      case VALUE_BOOLEAN -> "the truth value [" + parser.text() + "]";
      default -> "the text [" + parser.text() + "]";
    };
  }

  private ParsingException refused(String why) {
    return new ParsingException(parser.getTokenLocation(), "[cross_encoder] " + why);
  }
}
