/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import org.apache.lucene.search.Explanation;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.xcontent.XContentBuilder;

/** A hit in the model's order, which says so when it is explained. */
public final class RerankedDoc extends RankDoc {
  /** Its name between nodes. */
  public static final String NAME = "stillrank_reranked_doc";

  private final String model;

  RerankedDoc(int doc, float score, int shardIndex, String model) {
    super(doc, score, shardIndex);
    this.model = model;
  }

  /** Reads it from another node. */
  public RerankedDoc(StreamInput in) throws IOException {
    super(in);
    model = in.readString();
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    out.writeString(model);
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public Explanation explain(Explanation[] sources, String[] names) {
    return Explanation.match(
        score,
        "rank [" + rank + "] by model [" + model + "] of the retriever [cross_encoder]",
        sources);
  }

  @Override
  protected boolean doEquals(RankDoc other) {
    return other instanceof RerankedDoc reranked && model.equals(reranked.model);
  }

  @Override
  protected int doHashCode() {
    return model.hashCode();
  }

  @Override
  protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field("model", model);
  }
}
