/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.nodes.TransportNodesAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.stillrank.plugin.admission.Admission;
import org.stillrank.plugin.cache.ScoreCache;
import org.stillrank.plugin.memory.NativeMemory;
import org.stillrank.plugin.model.ModelRegistry;
import org.stillrank.plugin.model.ModelStatus;

/** Asks every node for its models. */
public class ModelsAction
    extends TransportNodesAction<
        ModelsRequest, ModelsResponse, ModelsNodeRequest, ModelsNodeResponse, Void> {
  /** Its name among the server's actions. */
  public static final ActionType<ModelsResponse> TYPE =
      new ActionType<>("cluster:monitor/stillrank/models");

  private final ModelRegistry models;
  private final Admission admission;
  private final NativeMemory memory;
  private final ScoreCache cache;

  @Inject
  public ModelsAction(
      ClusterService cluster,
      TransportService transport,
      ActionFilters filters,
      ThreadPool threads,
      ModelRegistry models,
      Admission admission,
      NativeMemory memory,
      ScoreCache cache) {
    this(TYPE, cluster, transport, filters, threads, models, admission, memory, cache);
  }

  ModelsAction(
      ActionType<ModelsResponse> type,
      ClusterService cluster,
      TransportService transport,
      ActionFilters filters,
      ThreadPool threads,
      ModelRegistry models,
      Admission admission,
      NativeMemory memory,
      ScoreCache cache) {
    super(type.name(), cluster, transport, filters, ModelsNodeRequest::new, threads.generic());
    this.models = models;
    this.admission = admission;
    this.memory = memory;
    this.cache = cache;
  }

  @Override
  protected ModelsResponse newResponse(
      ModelsRequest request, List<ModelsNodeResponse> nodes, List<FailedNodeException> failures) {
    return new ModelsResponse(clusterService.getClusterName(), nodes, failures);
  }

  @Override
  protected ModelsNodeRequest newNodeRequest(ModelsRequest request) {
    return new ModelsNodeRequest(request.model());
  }

  @Override
  protected ModelsNodeResponse newNodeResponse(StreamInput in, DiscoveryNode node)
      throws IOException {
    return new ModelsNodeResponse(in, node);
  }

  @Override
  protected ModelsNodeResponse nodeOperation(ModelsNodeRequest request, Task task) {
    try {
      List<ModelStatus> found =
          request.model() == null ? models.statuses() : List.of(models.status(request.model()));
      return new ModelsNodeResponse(
          transportService.getLocalNode(),
          admission.reranking(),
          admission.waiting(),
          models.schedule(),
          memory.statistics(),
          cache.statistics(),
          found);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of models cannot be listed", e);
    }
  }
}
