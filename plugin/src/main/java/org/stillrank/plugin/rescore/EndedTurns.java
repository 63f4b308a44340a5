/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.elasticsearch.index.shard.SearchOperationListener;
import org.elasticsearch.search.internal.SearchContext;
import org.elasticsearch.search.rescore.RescoreContext;

/** Ends the turn of a search when it ends on its shard, whether it reranked or found nothing. */
public final class EndedTurns implements SearchOperationListener {
  @Override
  public void onQueryPhase(SearchContext search, long nanos) {
    end(search);
  }

  @Override
  public void onFailedQueryPhase(SearchContext search) {
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
