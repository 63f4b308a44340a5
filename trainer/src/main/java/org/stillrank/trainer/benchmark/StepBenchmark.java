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
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.Targets;
import org.stillrank.trainer.optimisation.AdamW;
import org.stillrank.trainer.weights.FreshWeights;
import org.stillrank.trainer.weights.StartWeights;

/**
 * One training step of a MiniLM-L6 on random tokens: forward, InfoNCE over lists of eight,
 * backward, clipping at norm 1, AdamW; dropout 0.1 everywhere.
 */
public final class StepBenchmark implements AutoCloseable {
  private static final int LIST = 8;

  private final int pairs;
  private final Encoder encoder;
  private final AdamW optimiser;
  private final List<TokenPair> tokens;

  /**
   * @param shape how large a step is
   * @param threads that libtorch computes with
   */
  public StepBenchmark(StepShape shape, int threads) {
    torch.set_num_threads(threads);
    torch.manual_seed(1);
    pairs = shape.pairs();
    Architecture architecture = BertLike.bertUncased(6, 384, 12, 1536);
    encoder =
        new StartWeights(architecture, FreshWeights.network(architecture, 1), List.of()).encoder();
    encoder.training();
    encoder.computeIn(shape.precision());
    optimiser = new AdamW(encoder.parameters(), AdamW.Settings.withWeightDecay(0.01));
    tokens = randomPairs(shape, architecture);
  }

  private static List<TokenPair> randomPairs(StepShape shape, Architecture architecture) {
    Random random = new Random(1);
    List<TokenPair> pairs = new ArrayList<>();
    for (int pair = 0; pair < shape.pairs(); pair++) {
      int[] ids = random.ints(shape.tokens(), 1000, architecture.sizes().vocabulary()).toArray();
      int[] types = new int[shape.tokens()];
      Arrays.fill(types, shape.tokens() / 8, shape.tokens(), 1);
      pairs.add(new TokenPair(ids, types));
    }
    return pairs;
  }

  /** Does one step and returns its wall-clock seconds. */
  public double step() {
    long start = System.nanoTime();
    try (PointerScope scope = new PointerScope();
        TokenBatch batch = TokenBatch.of(tokens)) {
      Tensor scores = encoder.logits(batch).view(pairs / LIST, LIST);
      new InfoNce(1).loss(scores, Targets.positiveFirst(pairs / LIST, LIST)).backward();
      optimiser.clip(1.0);
      optimiser.step(1e-5);
      optimiser.forgetGradients();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    optimiser.close();
    encoder.close();
  }
}
