/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.action.support.nodes.BaseNodesXContentResponse;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.common.collect.Iterators;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.stillrank.plugin.model.ModelStatus;

/** {@code nodes.NODE.models.ID} of every node that answered. */
public final class ModelsResponse extends BaseNodesXContentResponse<ModelsNodeResponse> {

  ModelsResponse(
      ClusterName cluster, List<ModelsNodeResponse> nodes, List<FailedNodeException> failures) {
    super(cluster, nodes, failures);
  }

  @Override
  protected List<ModelsNodeResponse> readNodesFrom(StreamInput in) {
    return TransportAction.localOnly();
  }

  @Override
  protected void writeNodesTo(StreamOutput out, List<ModelsNodeResponse> nodes) {
    TransportAction.localOnly();
  }

  @Override
  protected Iterator<? extends ToXContent> xContentChunks(ToXContent.Params params) {
    return Iterators.concat(
        Iterators.single((builder, ignored) -> builder.startObject("nodes")),
        Iterators.map(
            getNodes().iterator(), node -> (builder, outer) -> node(builder, node, outer)),
        Iterators.single((builder, ignored) -> builder.endObject()));
  }

  private static XContentBuilder node(
      XContentBuilder builder, ModelsNodeResponse node, ToXContent.Params params)
      throws IOException {
    builder.startObject(node.getNode().getId());
    builder.field("name", node.getNode().getName());
    if (params.paramAsBoolean(ModelStatus.STATISTICS, false)) {
      builder.field("reranking", node.reranking());
      builder.field("waiting", node.waiting());
      builder.startObject("schedule");
      builder.field("workers", node.schedule().workers());
      builder.field("threads_per_worker", node.schedule().threadsPerWorker());
      builder.field("tokens_per_batch", node.schedule().tokensPerBatch());
      builder.field("niceness", node.schedule().niceness().value());
      builder.endObject();
      builder.field("native_memory", node.memory());
      builder.field("score_cache", node.cache());
    }
    builder.startObject("models");
    for (ModelStatus each : node.models()) {
      builder.field(each.id());
      each.toXContent(builder, params);
    }
    return builder.endObject().endObject();
  }
}
