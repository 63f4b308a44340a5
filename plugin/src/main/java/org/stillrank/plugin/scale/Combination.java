/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.stillrank.reranker.scale.RelevanceScale;

/**
 * How what two stages say becomes one score. First-stage scores below 0 count as 0.
 *
 * @param mode how they are joined
 * @param queryWeight of the first stage, 0 or more
 * @param rescoreQueryWeight of what the model says: its score on {@link RelevanceScale}, or its
 *     logit with {@link ScoreMode#LOGIT_TOTAL}; 0 or more
 */
public record Combination(ScoreMode mode, float queryWeight, float rescoreQueryWeight)
    implements Writeable {
  /** The model's score alone. */
  public static final Combination REPLACE = new Combination(ScoreMode.REPLACE, 1, 1);

  /** Reads it from another node. */
  public Combination(StreamInput in) throws IOException {
    this(in.readEnum(ScoreMode.class), in.readFloat(), in.readFloat());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeEnum(mode);
    out.writeFloat(queryWeight);
    out.writeFloat(rescoreQueryWeight);
  }

  /** The score of a hit with text. */
  public float of(float firstStageScore, float logit) {
    // Products of four floats are finite in double precision, and so are sums of two.
    return finite(
        mode.score(
            mode.combine(weighted(firstStageScore), rescoreQueryWeight * mode.second(logit))));
  }

  /** The score of a hit without text. */
  public float withoutText(float firstStageScore) {
    return finite(mode.withoutText(weighted(firstStageScore)));
  }

  private double weighted(float firstStageScore) {
    return (double) queryWeight * Math.max(firstStageScore, 0);
  }

  private static float finite(double score) {
    return (float) Math.min(score, Float.MAX_VALUE);
  }

  /** What it does with what a model says, for whoever asks how a hit got its score. */
  public String explained(String said) {
    return mode == ScoreMode.LOGIT_TOTAL
        ? "score_mode ["
            + mode.spelled()
            + "]: max(t, 0) + min(e^t, 1) of the total t of the first stage times ["
            + queryWeight
            + "] and the logit of "
            + said
            + " times ["
            + rescoreQueryWeight
            + "]; 0 without text"
        : "score_mode ["
            + mode.spelled()
            + "] of the first stage times ["
            + queryWeight
            + "] and of "
            + said
            + " times ["
            + rescoreQueryWeight
            + "]";
  }
}
