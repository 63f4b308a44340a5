/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.batching.LengthGroups;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;

/** How the pairs of a step are put into batches. */
public enum Batching {
  /** Pairs of like length together, each batch padded to its own longest, as in a training. */
  LENGTH_GROUPS {
    @Override
    Tensor logits(Encoder encoder, List<TokenPair> pairs, Device device) {
      return LengthGroups.ofTraining(device).logits(encoder, pairs, () -> {});
    }
  },

  /** All pairs in one batch, padded to the longest, as data collators do it. */
  PADDED_TO_LONGEST {
    @Override
    Tensor logits(Encoder encoder, List<TokenPair> pairs, Device device) {
      return encoder.logits(TokenBatch.of(pairs));
    }
  };

  /**
   * Float32 [pairs] in their order; belongs to the caller's scope.
   *
   * @param device of the encoder
   */
  abstract Tensor logits(Encoder encoder, List<TokenPair> pairs, Device device);
}
