/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.stillrank.plugin.model.ModelStatus;

/** The models of one node. */
public final class ModelsNodeResponse extends BaseNodeResponse {
  private final int reranking;
  private final List<ModelStatus> models;

  ModelsNodeResponse(DiscoveryNode node, int reranking, List<ModelStatus> models) {
    super(node);
    this.reranking = reranking;
    this.models = models;
  }

  ModelsNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
    super(in, node);
    reranking = in.readVInt();
    models = in.readCollectionAsList(ModelStatus::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeVInt(reranking);
    out.writeCollection(models);
  }

  /** Search threads that rerank at this moment. */
  public int reranking() {
    return reranking;
  }

  /** In the order of their ids. */
  public List<ModelStatus> models() {
    return models;
  }
}
