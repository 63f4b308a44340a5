/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.Objects;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.statistics.FailureKind;

/** The {@code cross_encoder} rescorer as requests and nodes exchange it. */
public final class CrossEncoderRescorerBuilder
    extends RescorerBuilder<CrossEncoderRescorerBuilder> {
  /** Its name in a {@code rescore} clause. */
  public static final String NAME = "cross_encoder";

  private final Clause clause;
  private final RescoreServices services;

  /** Whether the model was asked for on this shard; the rewriting goes on until nothing changes. */
  private final boolean asked;

  CrossEncoderRescorerBuilder(Clause clause, RescoreServices services) {
    this(clause, services, false);
  }

  private CrossEncoderRescorerBuilder(Clause clause, RescoreServices services, boolean asked) {
    this.clause = clause;
    this.services = services;
    this.asked = asked;
  }

  /** Reads it from another node, for this node's services. */
  public static CrossEncoderRescorerBuilder read(StreamInput in, RescoreServices services)
      throws IOException {
    return new CrossEncoderRescorerBuilder(in, services);
  }

  private CrossEncoderRescorerBuilder(StreamInput in, RescoreServices services) throws IOException {
    super(in);
    this.clause = new Clause(in);
    this.services = services;
    this.asked = false;
  }

  /**
   * Reads it from a request.
   *
   * @throws org.elasticsearch.common.ParsingException (400) naming the option
   */
  public static CrossEncoderRescorerBuilder parse(XContentParser parser, RescoreServices services)
      throws IOException {
    return new CrossEncoderRescorerBuilder(ClauseParser.parse(parser), services);
  }

  /** What it asks for. */
  public Clause clause() {
    return clause;
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.minimumCompatible();
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    clause.writeTo(out);
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field(NAME, clause);
  }

  @Override
  public @Nullable ActionRequestValidationException validate(
      SearchSourceBuilder source, @Nullable ActionRequestValidationException problems) {
    for (String problem : WindowRule.problems(this, source)) {
      problems = ValidateActions.addValidationError(problem, problems);
    }
    return problems;
  }

  /**
   * Where the shard is, before its first stage runs: a reranking for which there is no place is
   * refused, and the model is loaded. The coordinating node needs neither.
   */
  @Override
  public CrossEncoderRescorerBuilder rewrite(QueryRewriteContext context) {
    if (context.convertToDataRewriteContext() == null) {
      return this;
    }
    refuseWhenFull();
    if (!asked && !services.models().isReady(clause.model())) {
      context.registerAsyncAction((client, listener) ->
          services.models().load(clause.model(), told(listener.map(nothing -> null))));
      CrossEncoderRescorerBuilder again = new CrossEncoderRescorerBuilder(clause, services, true);
      again.windowSize = windowSize;
      return again;
    }
    return this;
  }

  private void refuseWhenFull() {
    if (clause.onFailure() == OnFailure.FAIL) {
      try {
        services.limit().refuseWhenFull();
      } catch (EsRejectedExecutionException e) {
        services.models().statistics(clause.model()).failed(FailureKind.of(e));
        throw e;
      }
    }
  }

  /** Where a failure keeps the first stage's order, it is for the shard to say and count it. */
  private ActionListener<Void> told(ActionListener<Void> listener) {
    return clause.onFailure() == OnFailure.FAIL
        ? listener.delegateResponse((next, failure) -> {
          services.models().statistics(clause.model()).failed(FailureKind.of(failure));
          next.onFailure(failure);
        })
        : ActionListener.wrap(listener::onResponse, failure -> listener.onResponse(null));
  }

  @Override
  protected RescoreContext innerBuildContext(int window, SearchExecutionContext context) {
    return new CrossEncoderContext(window, clause, services, context);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof CrossEncoderRescorerBuilder builder
        && clause.equals(builder.clause);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), clause);
  }
}
