/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ActionFilter;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.search.retriever.CompoundRetrieverBuilder;
import org.elasticsearch.search.retriever.RetrieverBuilder;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.jspecify.annotations.Nullable;

/**
 * Tells a retriever's scoring which search it belongs to: the server hands it no task, and a search
 * that is given up must not keep a model busy.
 */
public final class SearchesOfRetrievers implements ActionFilter {
  @Override
  public int order() {
    return 0;
  }

  @Override
  public <Q extends ActionRequest, A extends ActionResponse> void apply(
      Task task,
      String action,
      Q request,
      ActionListener<A> listener,
      ActionFilterChain<Q, A> chain) {
    if (task instanceof CancellableTask search
        && request instanceof SearchRequest asked
        && asked.source() != null) {
      if (asked.source().rankBuilder() instanceof CrossEncoderRankBuilder rank) {
        rank.belongsTo(search);
      }
      tell(asked.source().retriever(), search);
    }
    chain.proceed(task, action, request, listener);
  }

  /** Ours may stand below others. */
  private static void tell(@Nullable RetrieverBuilder retriever, CancellableTask search) {
    if (retriever instanceof CrossEncoderRetrieverBuilder ours) {
      ours.belongsTo(search);
    }
    if (retriever instanceof CompoundRetrieverBuilder<?> compound) {
      compound.innerRetrievers().forEach(each -> tell(each.retriever(), search));
    }
  }
}
