/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.administration;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.stillrank.reranker.scale.RelevanceScale;

/** {@code {"scores": [{"logit": …, "score": …}]}} in the order of the passages. */
public final class ScoreResponse extends ActionResponse implements ToXContentObject {
  private final float[] logits;

  ScoreResponse(float[] logits) {
    this.logits = logits;
  }

  @Override
  public void writeTo(StreamOutput out) {
    TransportAction.localOnly();
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject().startArray("scores");
    for (float logit : logits) {
      builder.startObject();
      builder.field("logit", logit);
      builder.field("score", RelevanceScale.ofLogit(logit));
      builder.endObject();
    }
    return builder.endArray().endObject();
  }
}
