/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.common.CheckedSupplier;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.index.query.AbstractQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.retriever.CompoundRetrieverBuilder.RetrieverSource;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParser.Token;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.ClauseParser;
import org.stillrank.plugin.rescore.OnFailure;
import org.stillrank.plugin.rescore.RescoreServices;

/** What a retriever has beside the options of a clause. */
final class RetrieverOptions implements ClauseParser.OtherOptions {
  static final String RETRIEVER = "retriever";
  static final String RANK_WINDOW_SIZE = "rank_window_size";
  private static final String MIN_SCORE = "min_score";
  private static final String FILTER = "filter";
  private static final String NAME = "_name";

  private final XContentParser parser;
  private final CheckedSupplier<RetrieverBuilder, IOException> child;
  private @Nullable RetrieverBuilder retriever;
  private int rankWindowSize = RankBuilder.DEFAULT_RANK_WINDOW_SIZE;
  private @Nullable Float minScore;
  private @Nullable String name;
  private final List<QueryBuilder> filters = new ArrayList<>();

  private RetrieverOptions(
      XContentParser parser, CheckedSupplier<RetrieverBuilder, IOException> child) {
    this.parser = parser;
    this.child = child;
  }

  static CrossEncoderRetrieverBuilder parse(
      XContentParser parser,
      CheckedSupplier<RetrieverBuilder, IOException> child,
      RescoreServices services)
      throws IOException {
    RetrieverOptions options = new RetrieverOptions(parser, child);
    Clause clause = ClauseParser.parse(parser, options);
    if (options.retriever == null) {
      throw new ParsingException(
          parser.getTokenLocation(),
          "[cross_encoder] [retriever] is missing; give one whose hits are reranked, such as"
              + " {\"standard\": {\"query\": …}}");
    }
    if (options.minScore != null && clause.onFailure() == OnFailure.FIRST_STAGE) {
      throw new ParsingException(
          parser.getTokenLocation(),
          "[cross_encoder] [min_score] is for reranked hits, whose scores those in first-stage order"
              + " do not have; leave it out, or set [on_failure] to [fail]");
    }
    if (clause.tokens() != null && clause.showPassages()) {
      throw new ParsingException(
          parser.getTokenLocation(),
          "[cross_encoder] [show_passages] shows texts, and a retriever with [tokens] reads none;"
              + " leave it out, or give [fields] in place of [tokens]");
    }
    return new CrossEncoderRetrieverBuilder(
            new ArrayList<>(List.of(RetrieverSource.from(options.retriever))),
            options.rankWindowSize,
            clause,
            services,
            new RetrieverRun())
        .with(options.name, options.minScore, options.filters);
  }

  @Override
  public List<String> names() {
    return List.of(RETRIEVER, RANK_WINDOW_SIZE, MIN_SCORE, FILTER, NAME);
  }

  @Override
  public void read(String option) throws IOException {
    switch (option) {
      case RETRIEVER -> retriever = child.get();
      case RANK_WINDOW_SIZE -> rankWindowSize = window();
      case MIN_SCORE -> minScore = number();
      case FILTER -> filters();
      default -> name = name();
    }
  }

  private int window() throws IOException {
    if (parser.currentToken() != Token.VALUE_NUMBER || !parser.text().matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "is " + ClauseParser.given(parser) + "; give a whole number, 1 or more");
    }
    return Integer.parseInt(parser.text());
  }

  private String name() throws IOException {
    if (parser.currentToken() != Token.VALUE_STRING) {
      throw new IllegalArgumentException("is " + ClauseParser.given(parser) + "; give a text");
    }
    return parser.text();
  }

  private Float number() throws IOException {
    if (parser.currentToken() != Token.VALUE_NUMBER) {
      throw new IllegalArgumentException("is " + ClauseParser.given(parser) + "; give a number");
    }
    if (!Float.isFinite(parser.floatValue())) {
      throw new IllegalArgumentException(
          "is " + ClauseParser.given(parser) + "; give one of at most 3.4e38");
    }
    return parser.floatValue();
  }

  private void filters() throws IOException {
    if (parser.currentToken() != Token.START_ARRAY) {
      filters.add(filter());
      return;
    }
    while (parser.nextToken() != Token.END_ARRAY) {
      filters.add(filter());
    }
  }

  private QueryBuilder filter() throws IOException {
    if (parser.currentToken() != Token.START_OBJECT) {
      throw new IllegalArgumentException(
          "is " + ClauseParser.given(parser) + "; give a query, or a list of queries");
    }
    try {
      return AbstractQueryBuilder.parseTopLevelQuery(parser);
    } catch (ParsingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
