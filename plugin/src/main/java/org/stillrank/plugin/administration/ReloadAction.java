/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.tokens.Tokenizers;

/** Lets every node open a model anew before it answers. */
public final class ReloadAction extends ModelsAction {
  /** Its name among the server's actions. */
  public static final ActionType<ModelsResponse> TYPE =
      new ActionType<>("cluster:admin/stillrank/reload");

  private final ModelRegistry models;
  private final Tokenizers tokenizers;

  @Inject
  public ReloadAction(
      ClusterService cluster,
      TransportService transport,
      ActionFilters filters,
      ThreadPool threads,
      ModelRegistry models,
      Admission admission,
      NativeMemory memory,
      ScoreCache cache,
      Tokenizers tokenizers) {
    super(TYPE, cluster, transport, filters, threads, models, admission, memory, cache);
    this.models = models;
    this.tokenizers = tokenizers;
  }

  @Override
  protected void nodeOperationAsync(
      ModelsNodeRequest request, Task task, ActionListener<ModelsNodeResponse> listener) {
    String model = request.model();
    if (model == null) {
      listener.onFailure(new IllegalArgumentException("name the model to open anew"));
    } else {
      tokenizers.forget(model);
      models.reload(model, listener.map(nothing -> nodeOperation(request, task)));
    }
  }
}
