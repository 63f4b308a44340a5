/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.search.rank.RankDoc;
import org.elasticsearch.xcontent.XContentBuilder;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.rescore.ShownPassages;
import org.stillrank.plugin.scale.Combination;

/** A hit in its place among the reranked, which says how it got there when it is explained. */
public final class RerankedDoc extends RankDoc implements ShownPassages.Known {
  /** Its name between nodes. */
  public static final String NAME = "stillrank_reranked_doc";

  private final String model;
  private final Combination combination;
  private final @Nullable FoundPassage passage;

  RerankedDoc(ScoreDoc hit, String model, Combination combination, @Nullable FoundPassage passage) {
    super(hit.doc, hit.score, hit.shardIndex);
    this.model = model;
    this.combination = combination;
    this.passage = passage;
  }

  /** Reads it from another node. */
  public RerankedDoc(StreamInput in) throws IOException {
    super(in);
    model = in.readString();
    combination = new Combination(in);
    passage = in.readOptionalWriteable(FoundPassage::new);
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    out.writeString(model);
    combination.writeTo(out);
    out.writeOptionalWriteable(passage);
  }

  @Override
  public @Nullable FoundPassage passage() {
    return passage;
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public Explanation explain(Explanation[] sources, String[] names) {
    return Explanation.match(
        score,
        "rank ["
            + rank
            + "] by "
            + (combination.equals(Combination.REPLACE)
                ? "model [" + model + "]"
                : combination.explained("model [" + model + "]"))
            + " of the retriever [cross_encoder]"
            + (passage == null ? "" : ", " + passage),
        sources);
  }

  @Override
  protected boolean doEquals(RankDoc other) {
    return other instanceof RerankedDoc reranked
        && model.equals(reranked.model)
        && combination.equals(reranked.combination)
        && Objects.equals(passage, reranked.passage);
  }

  @Override
  protected int doHashCode() {
    return Objects.hash(model, combination, passage);
  }

  @Override
  protected void doToXContent(XContentBuilder builder, Params params) throws IOException {
    builder.field("model", model);
  }
}
