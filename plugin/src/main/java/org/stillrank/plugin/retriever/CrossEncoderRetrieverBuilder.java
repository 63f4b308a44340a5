/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.retriever.CompoundRetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverParserContext;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.RescoreServices;
import org.stillrank.plugin.rescore.WindowRule;

/**
 * The {@code cross_encoder} retriever: the best {@code rank_window_size} hits of another retriever
 * over all shards, each scored once, in the order of the model's or of combined scores.
 */
public final class CrossEncoderRetrieverBuilder
    extends CompoundRetrieverBuilder<CrossEncoderRetrieverBuilder> {
  /** Its name in a search. */
  public static final String NAME = "cross_encoder";

  private final Clause clause;
  private final RescoreServices services;
  private final RetrieverRun run;

  CrossEncoderRetrieverBuilder(
      List<RetrieverSource> child,
      int rankWindowSize,
      Clause clause,
      RescoreServices services,
      RetrieverRun run) {
    super(child, rankWindowSize);
    this.clause = clause;
    this.services = services;
    this.run = run;
  }

  /**
   * Reads it from a request.
   *
   * @throws org.elasticsearch.common.ParsingException (400) naming the option
   */
  public static CrossEncoderRetrieverBuilder parse(
      XContentParser parser, RetrieverParserContext context, RescoreServices services)
      throws IOException {
    return RetrieverOptions.parse(
        parser, () -> parseInnerRetrieverBuilder(parser, context), services);
  }

  /** From now on, scoring ends when this search does. */
  void belongsTo(CancellableTask search) {
    run.belongsTo(search);
  }

  CrossEncoderRetrieverBuilder with(
      @Nullable String name, @Nullable Float leastScore, List<QueryBuilder> filters) {
    retrieverName = name;
    minScore = leastScore;
    preFilterQueryBuilders = filters;
    return this;
  }

  @Override
  protected CrossEncoderRetrieverBuilder clone(
      List<RetrieverSource> children, List<QueryBuilder> filters) {
    return new CrossEncoderRetrieverBuilder(children, rankWindowSize, clause, services, run)
        .with(retrieverName, minScore, filters);
  }

  /** The child's search ends with the final scores; those below {@code min_score} go. */
  @Override
  protected RankDoc[] combineInnerRetrieverResults(List<ScoreDoc[]> results, boolean explain) {
    ScoreDoc[] hits = results.getFirst();
    List<ScoreDoc> kept =
        Arrays.stream(hits).filter(hit -> minScore == null || hit.score >= minScore).toList();
    RankDoc[] ranked = new RankDoc[kept.size()];
    for (int i = 0; i < ranked.length; i++) {
      ScoreDoc hit = kept.get(i);
      ranked[i] = new RerankedDoc(hit, clause.model(), clause.combination(), run.passage(hit));
      ranked[i].rank = i + 1;
    }
    return ranked;
  }

  @Override
  protected SearchSourceBuilder finalizeSourceBuilder(SearchSourceBuilder source) {
    return source.rankBuilder(new CrossEncoderRankBuilder(rankWindowSize, clause, services, run));
  }

  @Override
  public ActionRequestValidationException validate(
      SearchSourceBuilder source,
      ActionRequestValidationException problems,
      boolean isScroll,
      boolean allowPartialSearchResults) {
    problems = super.validate(source, problems, isScroll, allowPartialSearchResults);
    long asked = WindowRule.asked(source);
    if (asked > rankWindowSize) {
      problems =
          ValidateActions.addValidationError(
              "[cross_encoder] [rank_window_size] is ["
                  + rankWindowSize
                  + "], below from + size ["
                  + asked
                  + "], and hits outside the window are not ranked; set it to at least ["
                  + asked
                  + "], or ask for fewer hits",
              problems);
    }
    return problems;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field(RetrieverOptions.RETRIEVER, innerRetrievers.getFirst().retriever());
    builder.field(RetrieverOptions.RANK_WINDOW_SIZE, rankWindowSize);
    clause.awayFromShards(builder);
  }

  @Override
  public boolean doEquals(Object other) {
    return super.doEquals(other)
        && other instanceof CrossEncoderRetrieverBuilder retriever
        && clause.equals(retriever.clause);
  }

  @Override
  public int doHashCode() {
    return Objects.hash(super.doHashCode(), clause);
  }
}
