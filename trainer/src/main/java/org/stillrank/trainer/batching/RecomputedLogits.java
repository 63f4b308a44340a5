/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.batching;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.encoder.TokenBatch;

/**
 * Logits whose activations are not kept. When the loss has sent its gradients to them, each batch
 * is computed once more, with the dropout it had, and its part of the gradients goes on to the
 * parameters (Gao et al. 2021, arXiv 2101.06983). Pairs meet in the loss only, so that the step is
 * the same however many batches there are.
 *
 * <p>Everything it makes belongs to the caller's scope.
 */
public final class RecomputedLogits {
  private final Encoder encoder;
  private final List<TokenPair> pairs;
  private final LengthGroups groups;
  private final Generator generator;
  private final List<Tensor> randomStates = new ArrayList<>();
  private final Tensor logits;

  /** Scores the pairs. */
  public RecomputedLogits(Encoder encoder, List<TokenPair> pairs, LengthGroups groups) {
    this.encoder = encoder;
    this.pairs = pairs;
    this.groups = groups;
    Tensor parameter = encoder.parameters().firstEntry().getValue();
    this.generator = torch.globalContext().defaultGenerator(parameter.device());
    try (NoGradGuard guard = new NoGradGuard()) {
      this.logits = groups.logits(encoder, pairs, () -> randomStates.add(generator.get_state()));
    }
    logits.requires_grad_(true);
  }

  /** Float32 [pairs] in the order of the pairs, for a loss to be computed from. */
  public Tensor logits() {
    return logits;
  }

  /** Adds to the parameters' gradients; after the loss has gone backward. */
  public void backward() {
    Tensor gradients = logits.grad();
    Iterator<Tensor> states = randomStates.iterator();
    for (List<Integer> group : groups.of(pairs)) {
      generator.set_state(states.next());
      try (PointerScope scope = new PointerScope()) {
        long[] places = group.stream().mapToLong(Integer::longValue).toArray();
        Tensor index = AbstractTensor.create(places).to(logits.device(), ScalarType.Long);
        Tensor again = encoder.logits(TokenBatch.of(group.stream().map(pairs::get).toList()));
        again.mul(gradients.index_select(0, index)).sum().backward();
      }
    }
  }
}
