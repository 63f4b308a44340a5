/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

/** What a model and the first stage say together of a topic's candidates. */
public sealed interface Blend permits Interpolation, ClauseTotal {
  /** The model alone decides. */
  Blend MODEL_ALONE = new Interpolation(1);

  /**
   * One score for each candidate of a topic, {@code [candidates]}.
   *
   * @param logits of the model
   * @param firstStage its scores, in the same order
   */
  double[] of(double[] logits, double[] firstStage);

  /** What a system is called that blends a model with a first stage. */
  String named(String model, String firstStage);
}
