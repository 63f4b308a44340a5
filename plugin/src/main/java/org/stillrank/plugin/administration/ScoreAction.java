/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.ScoringRequest;

/**
 * Scores passages that a request brings along. It is an action of the server, not only a REST
 * handler, so that security can allow or refuse it.
 */
public final class ScoreAction extends TransportAction<ScoreRequest, ScoreResponse> {
  /** Its name among the server's actions. */
  public static final ActionType<ScoreResponse> TYPE =
      new ActionType<>("cluster:monitor/stillrank/score");

  private final ModelRegistry models;
  private final ThreadPool threads;

  @Inject
  public ScoreAction(
      TransportService transport, ActionFilters filters, ThreadPool threads, ModelRegistry models) {
    super(TYPE.name(), filters, transport.getTaskManager(), threads.generic());
    this.models = models;
    this.threads = threads;
  }

  @Override
  protected void doExecute(
      Task task, ScoreRequest request, ActionListener<ScoreResponse> listener) {
    Cancellation cancellation =
        task instanceof CancellableTask stoppable
            ? stoppable::ensureNotCancelled
            : Cancellation.NONE;
    models.load(
        request.model(),
        listener.delegateFailureAndWrap((next, nothing) ->
            threads
                .generic()
                .execute(
                    () -> ActionListener.completeWith(next, () -> score(request, cancellation)))));
  }

  private ScoreResponse score(ScoreRequest request, Cancellation cancellation) {
    LoadedModel model = models.acquire(request.model());
    try {
      return new ScoreResponse(
          model
              .score(ScoringRequest.ofBeginnings(request.query(), request.passages()), cancellation)
              .logits());
    } finally {
      model.decRef();
    }
  }
}
