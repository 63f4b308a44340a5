/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.search.internal.SearchContext;
import org.elasticsearch.search.rescore.RescoreContext;

/**
 * Ends the turn of a search when it has reranked on its shard, or found nothing, or is there for
 * something else: a clause is not told for which phase of the search it is asked.
 */
public final class EndedTurns implements SearchOperationListener {
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
    if (search.rescore() != null) {
      for (RescoreContext each : search.rescore()) {
        if (each instanceof CrossEncoderContext ours) {
          ours.ticket().end();
        }
      }
    }
  }
}
