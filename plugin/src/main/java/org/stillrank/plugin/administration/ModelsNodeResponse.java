/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.action.support.nodes.BaseNodeResponse;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.stillrank.plugin.cache.ScoreCacheStatistics;
import org.stillrank.plugin.memory.NativeMemoryStatistics;
import org.stillrank.plugin.model.ModelStatus;
import org.stillrank.reranker.scoring.Niceness;
import org.stillrank.reranker.scoring.Schedule;

/** The models of one node. */
public final class ModelsNodeResponse extends BaseNodeResponse {
  private final int reranking;
  private final int waiting;
  private final Schedule schedule;
  private final NativeMemoryStatistics memory;
  private final ScoreCacheStatistics cache;
  private final List<ModelStatus> models;

  ModelsNodeResponse(
      DiscoveryNode node,
      int reranking,
      int waiting,
      Schedule schedule,
      NativeMemoryStatistics memory,
      ScoreCacheStatistics cache,
      List<ModelStatus> models) {
    super(node);
    this.reranking = reranking;
    this.waiting = waiting;
    this.schedule = schedule;
    this.memory = memory;
    this.cache = cache;
    this.models = models;
  }

  ModelsNodeResponse(StreamInput in, DiscoveryNode node) throws IOException {
    super(in, node);
    reranking = in.readVInt();
    waiting = in.readVInt();
    schedule =
        new Schedule(in.readVInt(), in.readVInt(), in.readVInt(), new Niceness(in.readVInt()));
    memory = new NativeMemoryStatistics(in);
    cache = new ScoreCacheStatistics(in);
    models = in.readCollectionAsList(ModelStatus::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeVInt(reranking);
    out.writeVInt(waiting);
    out.writeVInt(schedule.workers());
    out.writeVInt(schedule.threadsPerWorker());
    out.writeVInt(schedule.tokensPerBatch());
    out.writeVInt(schedule.niceness().value());
    memory.writeTo(out);
    cache.writeTo(out);
    out.writeCollection(models);
  }

  /** Search threads that rerank at this moment. */
  public int reranking() {
    return reranking;
  }

  /** Searches that wait for one of them. */
  public int waiting() {
    return waiting;
  }

  /** By which each model of the node scores. */
  public Schedule schedule() {
    return schedule;
  }

  /** What its models take together. */
  public NativeMemoryStatistics memory() {
    return memory;
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
