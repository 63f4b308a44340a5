/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.stream.Stream;
import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.search.internal.SearchContext;
import org.elasticsearch.tasks.CancellableTask;

/**
 * Tells clauses of their search what the server does not: that it is cancelled while hits of an
 * aggregation are reranked, and that its turn ends, since it has reranked on its shard, or found
 * nothing, or is there for another phase.
 */
public final class ClauseListener implements SearchOperationListener {
  @Override
  public void onPreQueryPhase(SearchContext search) {
    CancellableTask task = search.getTask();
    if (task != null) {
      ours(search).forEach(each -> each.setCancellationChecker(task::ensureNotCancelled));
    }
  }

  @Override
  public void onQueryPhase(SearchContext search, long nanos) {
    end(search);
  }

  @Override
  public void onFailedQueryPhase(SearchContext search) {
    end(search);
  }

  @Override
  public void onDfsPhase(SearchContext search, long nanos) {
    end(search);
  }

  @Override
  public void onFailedDfsPhase(SearchContext search) {
    end(search);
  }

  @Override
  public void onPreFetchPhase(SearchContext search) {
    end(search);
  }

  private static void end(SearchContext search) {
    ours(search).forEach(each -> each.ticket().end());
  }

  private static Stream<CrossEncoderContext> ours(SearchContext search) {
    return search.rescore() == null
        ? Stream.empty()
        : search.rescore().stream()
            .filter(CrossEncoderContext.class::isInstance)
            .map(CrossEncoderContext.class::cast);
  }
}
