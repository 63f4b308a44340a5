/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.lookup.SourceFilter;
import org.elasticsearch.search.rescore.RescoreContext;
import org.stillrank.plugin.passage.SourceTexts;

/** One clause on one shard. */
final class CrossEncoderContext extends RescoreContext {
  private final Clause clause;
  private final RescoreServices services;
  private final SearchExecutionContext shard;

  CrossEncoderContext(
      int window, Clause clause, RescoreServices services, SearchExecutionContext shard) {
    super(window, CrossEncoderRescorer.INSTANCE);
    this.clause = clause;
    this.services = services;
    this.shard = shard;
  }

  Clause clause() {
    return clause;
  }

  /** From now on, by the clause's own timeout or else the node's. */
  Deadline deadline() {
    return services.policy().deadline(clause);
  }

  RescoreServices services() {
    return services;
  }

  /** Readers keep buffers, so one for each use. */
  SourceTexts texts() {
    if (!shard.isSourceEnabled()) {
      throw new IllegalArgumentException(
          "[cross_encoder] reads texts from [_source], which index ["
              + shard.getFullyQualifiedIndex().getName()
              + "] does not keep; enable it in the mapping and index again");
    }
    SourceFilter filter = new SourceFilter(clause.fields().toArray(String[]::new), null);
    return new SourceTexts(shard.createSourceProvider(filter), clause.fields());
  }
}
