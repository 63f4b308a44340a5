/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.stillrank.plugin.cache.ScoreCacheStatistics;
import org.stillrank.plugin.model.ModelStatus;

/** The models of one node. */
public final class ModelsNodeResponse extends BaseNodeResponse {
  private final int reranking;
  private final ScoreCacheStatistics cache;
  private final List<ModelStatus> models;

  ModelsNodeResponse(
      DiscoveryNode node, int reranking, ScoreCacheStatistics cache, List<ModelStatus> models) {
    super(node);
    this.reranking = reranking;
    this.cache = cache;
    this.models = models;
  }

  ModelsNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
    super(in, node);
    reranking = in.readVInt();
    cache = new ScoreCacheStatistics(in);
    models = in.readCollectionAsList(ModelStatus::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeVInt(reranking);
    cache.writeTo(out);
    out.writeCollection(models);
  }

  /** Search threads that rerank at this moment. */
  public int reranking() {
    return reranking;
  }

  /** Scores that the node keeps. */
  public ScoreCacheStatistics cache() {
    return cache;
  }

  /** In the order of their ids. */
  public List<ModelStatus> models() {
    return models;
  }
}
