/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.Targets;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.weights.FreshWeights;
import org.stillrank.trainer.weights.StartWeights;

/**
 * Training steps of a freshly drawn network: forward, InfoNCE over lists of eight, backward,
 * clipping at norm 1, AdamW.
 */
final class StepBenchmark implements AutoCloseable {
  private final StepShape shape;
  private final Encoder encoder;
  private final AdamW optimiser;

  /**
   * @param threads that libtorch computes with
   */
  StepBenchmark(StepShape shape, int threads) {
    shape.device().open();
    torch.set_num_threads(threads);
    torch.manual_seed(1);
    this.shape = shape;
    encoder =
        new StartWeights(
                shape.architecture(), FreshWeights.network(shape.architecture(), 1), List.of())
            .encoder(shape.device());
    encoder.training();
    encoder.computeIn(shape.precision());
    optimiser = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0.01));
  }

  /** Pairs of random tokens, all as long as the shape says. */
  static List<TokenPair> randomPairs(StepShape shape) {
    Random random = new Random(1);
    List<TokenPair> pairs = new ArrayList<>();
    for (int pair = 0; pair < shape.pairs(); pair++) {
      // The first rows of a vocabulary are padding and its like.
      int[] ids =
          random.ints(shape.tokens(), 2, shape.architecture().sizes().vocabulary()).toArray();
      int[] types = new int[shape.tokens()];
      if (shape.architecture().readsTypes()) {
        Arrays.fill(types, shape.tokens() / 8, shape.tokens(), 1);
      }
      pairs.add(new TokenPair(ids, types));
    }
    return pairs;
  }

  /**
   * Does one step.
   *
   * @param pairs as many as the shape says, the lists one behind the other
   */
  StepSeconds step(List<TokenPair> pairs, Batching batching) {
    Device device = shape.device();
    device.await();
    long start = System.nanoTime();
    long forwarded;
    long backed;
    long optimised;
    try (PointerScope scope = new PointerScope()) {
      int queries = shape.queries();
      Tensor scores = batching.logits(encoder, pairs, shape.device()).view(queries, StepShape.LIST);
      Tensor loss = new InfoNce(1).loss(scores, Targets.positiveFirst(queries, StepShape.LIST));
      device.await();
      forwarded = System.nanoTime();
      loss.backward();
      device.await();
      backed = System.nanoTime();
      optimiser.clip(1.0);
      optimiser.step(1e-5);
      optimiser.forgetGradients();
      device.await();
      optimised = System.nanoTime();
    }
    return new StepSeconds(
        (forwarded - start) / 1e9,
        (backed - forwarded) / 1e9,
        (optimised - backed) / 1e9,
        (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    optimiser.close();
    encoder.close();
  }
}
