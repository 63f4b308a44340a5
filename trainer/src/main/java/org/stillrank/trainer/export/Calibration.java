/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.LinearObserver;
import org.stillrank.trainer.encoder.TokenBatch;

/**
 * What goes into each linear layer on real pairs, as sums of x xᵀ over their tokens: it says which
 * errors of a weight are seen.
 */
public final class Calibration {
  private final Map<String, InputMoments> moments = new HashMap<>();

  private Calibration() {}

  /**
   * Scores pairs one by one, so that no padding is counted.
   *
   * @param encoder in evaluation mode
   * @param pairs of the training side, at least one
   */
  public static Calibration of(Encoder encoder, List<TokenPair> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no pairs to calibrate with");
    }
    Calibration calibration = new Calibration();
    encoder.observe(calibration::add);
    try {
      for (TokenPair pair : pairs) {
        try (PointerScope scope = new PointerScope();
            NoGradGuard guard = new NoGradGuard();
            TokenBatch batch = TokenBatch.of(List.of(pair))) {
          encoder.logits(batch);
        }
      }
    } finally {
      encoder.observe(LinearObserver.NONE);
    }
    return calibration;
  }

  private void add(String weight, Tensor input) {
    Tensor rows = input.reshape(-1, input.size(input.dim() - 1)).to(ScalarType.Double);
    moments
        .computeIfAbsent(weight, name -> InputMoments.none(Math.toIntExact(rows.size(1))))
        .add(rows);
  }

  /** Of the layer with this weight. */
  InputMoments moments(String weight) {
    InputMoments found = moments.get(weight);
    if (found == null) {
      throw new IllegalArgumentException("no layer with weight [" + weight + "] was seen");
    }
    return found;
  }
}
