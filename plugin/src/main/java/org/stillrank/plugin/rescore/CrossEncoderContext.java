/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.common.CheckedSupplier;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.internal.ContextIndexSearcher.TimeExceededException;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.tasks.TaskCancelledException;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.slowlog.SlowRescoring;

/** One clause on one shard. */
final class CrossEncoderContext extends RescoreContext {
  private final Clause clause;
  private final RescoreServices services;
  private final Admission.Ticket ticket;
  private final SearchExecutionContext shard;
  private final Set<Integer> rescored = ConcurrentHashMap.newKeySet();

  CrossEncoderContext(
      int window,
      Clause clause,
      RescoreServices services,
      Admission.Ticket ticket,
      SearchExecutionContext shard) {
    super(window, CrossEncoderRescorer.INSTANCE);
    this.clause = clause;
    this.services = services;
    this.ticket = ticket;
    this.shard = shard;
  }

  /** Each bucket of an aggregation has a window, and several threads may search one shard. */
  @Override
  public void setRescoredDocs(Set<Integer> documents) {
    rescored.addAll(documents);
  }

  @Override
  public boolean isRescored(int document) {
    return rescored.contains(document);
  }

  @Override
  public Set<Integer> getRescoredDocs() {
    return rescored;
  }

  Clause clause() {
    return clause;
  }

  /** From now on, by the clause's own timeout or else the node's, less what it was made to wait. */
  Deadline deadline() {
    return services.policy().deadline(clause, ticket.waitedNanos());
  }

  /** Lets this window in. */
  Admission.Ticket ticket() {
    return ticket;
  }

  RescoreServices services() {
    return services;
  }

  /** Watches a reranking of this shard that begins now. */
  SlowRescoring watch(int documents) {
    return SlowRescoring.ofShard(
        shard.getIndexSettings(),
        shard.getShardId(),
        services.window(clause.model(), documents),
        services.slowLog());
  }

  /**
   * Does something that a clause may do without, where its hits can keep the first stage's order.
   *
   * @param instead what comes out when it fails and the clause says so
   */
  <T> T orFirstStage(CheckedSupplier<T, IOException> scored, Function<Exception, T> instead)
      throws IOException {
    try {
      return scored.get();
    } catch (TimeExceededException | TaskCancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (clause.onFailure() == OnFailure.FAIL) {
        throw e;
      }
      return instead.apply(e);
    }
  }

  /** Readers keep buffers, so one for each use. */
  HitTexts texts(LoadedModel model, List<LeafReaderContext> leaves, Runnable between) {
    return new HitTexts(clause, shard, model, leaves, between);
  }
}
