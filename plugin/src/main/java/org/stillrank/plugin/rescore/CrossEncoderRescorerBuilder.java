/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.statistics.FailureKind;

/** The {@code cross_encoder} rescorer as requests and nodes exchange it. */
public final class CrossEncoderRescorerBuilder
    extends RescorerBuilder<CrossEncoderRescorerBuilder> {
  /** Its name in a {@code rescore} clause. */
  public static final String NAME = "cross_encoder";

  private final Clause clause;
  private final RescoreServices services;
  private final Preparation preparation;

  CrossEncoderRescorerBuilder(Clause clause, RescoreServices services) {
    this(clause, services, Preparation.NONE);
  }

  private CrossEncoderRescorerBuilder(
      Clause clause, RescoreServices services, Preparation preparation) {
    this.clause = clause;
    this.services = services;
    this.preparation = preparation;
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
    this.preparation = Preparation.NONE;
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
   * Where the shard is, before its first stage runs: the model is loaded, and the search waits for
   * its turn or is refused. The coordinating node needs neither. What is waited for is asked for
   * once; the rewriting goes on until nothing changes.
   */
  @Override
  public CrossEncoderRescorerBuilder rewrite(QueryRewriteContext context) {
    if (context.convertToDataRewriteContext() == null) {
      return this;
    }
    if (preparation.model() == Preparation.Model.NOT_ASKED
        && !services.models().isReady(clause.model())) {
      context.registerAsyncAction((client, listener) ->
          services
              .models()
              .load(clause.model(), told(listener.map(nothing -> null), failure -> null)));
      return with(preparation.withModelAsked());
    }
    if (preparation.turn() == null) {
      AtomicReference<Admission.@Nullable Ticket> turn = new AtomicReference<>();
      long ageMillis = System.currentTimeMillis() - context.nowInMillis();
      context.registerUniqueAsyncAction(
          new AwaitedTurn(listener -> awaitTurn(ageMillis, listener)), turn::set);
      return with(preparation.withTurn(turn));
    }
    return this;
  }

  private void awaitTurn(long ageMillis, ActionListener<Admission.Ticket> listener) {
    Deadline deadline = services.policy().deadline(clause, 0);
    Admission admission = services.admission();
    admission.admit(ageMillis, deadline.left(), deadline::over, told(listener, admission::refused));
  }

  private CrossEncoderRescorerBuilder with(Preparation further) {
    CrossEncoderRescorerBuilder again = new CrossEncoderRescorerBuilder(clause, services, further);
    again.windowSize = windowSize;
    return again;
  }

  /** Where a failure keeps the first stage's order, it is for the shard to say and count it. */
  private <T extends @Nullable Object> ActionListener<T> told(
      ActionListener<T> listener, Function<Exception, T> instead) {
    return clause.onFailure() == OnFailure.FAIL
        ? listener.delegateResponse((next, failure) -> {
          services.models().statistics(clause.model()).failed(FailureKind.of(failure));
          next.onFailure(failure);
        })
        : ActionListener.wrap(
            listener::onResponse, failure -> listener.onResponse(instead.apply(failure)));
  }

  @Override
  protected RescoreContext innerBuildContext(int window, SearchExecutionContext context) {
    // Who asks for the time is not cached: a model changes without the index, and failures pass.
    context.nowInMillis();
    Admission.Ticket ticket = preparation.ticket(services.admission());
    ticket.begin();
    return new CrossEncoderContext(window, clause, services, ticket, context);
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
