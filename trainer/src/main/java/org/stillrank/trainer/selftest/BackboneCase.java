/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.Precision;
import org.stillrank.trainer.encoder.TokenBatch;
import org.stillrank.trainer.weights.FloatTensor;
import org.stillrank.trainer.weights.StartWeights;

/**
 * A cross-encoder with the logits that another implementation computed for it.
 *
 * @param name of the case, for tables and messages
 * @param weights the cross-encoder, its head included
 * @param pairs what was scored
 * @param alone the logit of each pair in a batch of its own
 * @param padded the logit of each pair in one batch of all
 */
public record BackboneCase(
    String name,
    StartWeights weights,
    List<TokenPair> pairs,
    List<Double> alone,
    List<Double> padded) {

  public BackboneCase {
    pairs = List.copyOf(pairs);
    alone = List.copyOf(alone);
    padded = List.copyOf(padded);
  }

  /**
   * Scores every pair in both ways.
   *
   * @param device opened, where it is computed
   * @param precision in which the layers are computed
   * @return the largest absolute difference of a logit; not a number where the encoder gave one
   */
  public double deviation(Device device, Precision precision) {
    try (Encoder encoder = weights.encoder(device)) {
      encoder.computeIn(precision);
      double largest = 0;
      float[] together = logits(encoder, pairs);
      for (int pair = 0; pair < together.length; pair++) {
        float single = logits(encoder, List.of(pairs.get(pair)))[0];
        largest = Math.max(largest, Math.abs(together[pair] - padded.get(pair)));
        largest = Math.max(largest, Math.abs(single - alone.get(pair)));
      }
      return largest;
    }
  }

  private static float[] logits(Encoder encoder, List<TokenPair> pairs) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        TokenBatch batch = TokenBatch.of(pairs)) {
      return FloatTensor.of(encoder.logits(batch)).values();
    }
  }
}
