/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ActionFilter;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;

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
        && asked.source() != null
        && asked.source().rankBuilder() instanceof CrossEncoderRankBuilder rank) {
      rank.belongsTo(search);
    }
    chain.proceed(task, action, request, listener);
  }
}
