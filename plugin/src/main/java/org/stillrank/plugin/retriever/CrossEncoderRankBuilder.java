/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.Query;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.rank.RankBuilder;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.search.rank.context.QueryPhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.context.QueryPhaseRankShardContext;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankShardContext;
import org.elasticsearch.search.rank.rerank.RerankingQueryPhaseRankShardContext;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.xcontent.XContentBuilder;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.RescoreServices;

/**
 * How the server runs the retriever: shards send the texts of the search's best hits, the
 * coordinating node scores them.
 */
public final class CrossEncoderRankBuilder extends RankBuilder {
  /** Its name between nodes. */
  public static final String NAME = "stillrank_cross_encoder";

  private final Clause clause;
  private final RescoreServices services;

  /** On the coordinating node only, as is the next. */
  private final RetrieverRun run;

  private final FirstStageHits firstStage;

  CrossEncoderRankBuilder(
      int rankWindowSize, Clause clause, RescoreServices services, RetrieverRun run) {
    super(rankWindowSize);
    this.clause = clause;
    this.services = services;
    this.run = run;
    this.firstStage = new FirstStageHits(rankWindowSize);
  }

  /** Reads it from another node, for this node's services. */
  public CrossEncoderRankBuilder(StreamInput in, RescoreServices services) throws IOException {
    super(in);
    this.clause = new Clause(in);
    this.services = services;
    this.run = new RetrieverRun();
    this.firstStage = new FirstStageHits(rankWindowSize());
  }

  /** From now on, scoring ends when this search does. */
  void belongsTo(CancellableTask task) {
    run.belongsTo(task);
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    clause.writeTo(out);
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    clause.awayFromShards(builder);
  }

  @Override
  public boolean isCompoundBuilder() {
    return false;
  }

  @Override
  public Explanation explainHit(Explanation base, RankDoc hit, List<String> queryNames) {
    return Explanation.match(
        hit.score,
        clause.combination().explained("model [" + clause.model() + "] on " + clause.read()),
        base);
  }

  @Override
  public QueryPhaseRankShardContext buildQueryPhaseShardContext(List<Query> queries, int from) {
    return new RerankingQueryPhaseRankShardContext(queries, rankWindowSize());
  }

  @Override
  public QueryPhaseRankCoordinatorContext buildQueryPhaseCoordinatorContext(int size, int from) {
    return firstStage;
  }

  @Override
  public RankFeaturePhaseRankShardContext buildRankFeaturePhaseShardContext() {
    return clause.tokens() == null
        ? new TextFeatures(clause.fields())
        : new TokenFeatures(clause.tokens());
  }

  @Override
  public RankFeaturePhaseRankCoordinatorContext buildRankFeaturePhaseCoordinatorContext(
      int size, int from, Client client) {
    return new GlobalReranking(size, from, rankWindowSize(), clause, services, firstStage, run);
  }

  @Override
  protected boolean doEquals(RankBuilder other) {
    return other instanceof CrossEncoderRankBuilder rank && clause.equals(rank.clause);
  }

  @Override
  protected int doHashCode() {
    return clause.hashCode();
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.minimumCompatible();
  }
}
