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

/** Lets every node take a model out of memory before it answers. */
public final class UnloadAction extends ModelsAction {
  /** Its name among the server's actions. */
  public static final ActionType<ModelsResponse> TYPE =
      new ActionType<>("cluster:admin/stillrank/unload");

  private final ModelRegistry models;

  @Inject
  public UnloadAction(
      ClusterService cluster,
      TransportService transport,
      ActionFilters filters,
      ThreadPool threads,
      ModelRegistry models,
      Admission admission,
      NativeMemory memory,
      ScoreCache cache) {
    super(TYPE, cluster, transport, filters, threads, models, admission, memory, cache);
    this.models = models;
  }

  @Override
  protected void nodeOperationAsync(
      ModelsNodeRequest request, Task task, ActionListener<ModelsNodeResponse> listener) {
    ActionListener.completeWith(
        listener,
        () -> {
          String model = request.model();
          if (model == null) {
            throw new IllegalArgumentException("name the model to unload");
          }
          models.unload(model);
          return nodeOperation(request, task);
        });
  }
}
