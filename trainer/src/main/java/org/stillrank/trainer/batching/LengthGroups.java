/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;

/**
 * Scores pairs in small batches of like length: little padding, and the activations of one batch
 * stay in the processor's cache. Which pairs share a batch changes no score, only the time.
 */
public final class LengthGroups {
  private final int tokenBudget;

  /**
   * @param tokenBudget tokens of a batch, padding counted; a longer pair is a batch of its own
   */
  public LengthGroups(int tokenBudget) {
    this.tokenBudget = tokenBudget;
  }

  /**
   * As trainings compute their steps: on a processor sixteen pairs of 128 tokens, or as much of
   * other lengths; on a GPU, which needs more to be busy, thirty-two times that.
   */
  public static LengthGroups ofTraining(Device device) {
    return switch (device) {
      case CPU -> new LengthGroups(2048);
      case CUDA -> new LengthGroups(65_536);
    };
  }

  /** Indices of the pairs of each batch, shortest pairs first. */
  List<List<Integer>> of(List<TokenPair> pairs) {
    List<Integer> byLength =
        IntStream.range(0, pairs.size())
            .boxed()
            .sorted(Comparator.comparingInt(index -> pairs.get(index).length()))
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    for (int index : byLength) {
      if (!group.isEmpty() && (group.size() + 1) * pairs.get(index).length() > tokenBudget) {
        groups.add(group);
        group = new ArrayList<>();
      }
      group.add(index);
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  /**
   * Scores pairs.
   *
   * @param between runs before each batch; may throw to give up
   * @return float32 [pairs] in the order of the pairs, differentiable; belongs to the caller's
   *     scope
   */
  public Tensor logits(Encoder encoder, List<TokenPair> pairs, Runnable between) {
    long[] places = new long[pairs.size()];
    int scored = 0;
    TensorVector logits = new TensorVector();
    for (List<Integer> group : of(pairs)) {
      between.run();
      logits.push_back(encoder.logits(TokenBatch.of(group.stream().map(pairs::get).toList())));
      for (int index : group) {
        places[index] = scored++;
      }
    }
    Tensor scores = torch.cat(logits, 0);
    Tensor index = AbstractTensor.create(places).to(scores.device(), ScalarType.Long);
    return scores.index_select(0, index);
  }
}
