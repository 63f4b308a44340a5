/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * A cross-encoder: token ids of (query, passage) pairs in, one raw relevance logit per pair out.
 *
 * <p>It owns its parameters. What {@link #logits} returns, and every tensor made on the way,
 * belongs to the {@link org.bytedeco.javacpp.PointerScope} that the caller has open: one scope for
 * each step, opened after the encoder and closed when the step is done. Not thread-safe.
 */
public interface Encoder extends AutoCloseable {

  /** The network. */
  Architecture architecture();

  /**
   * The weights by their Hugging Face names, in a stable order: leaf tensors, float32, [out, in]
   * for linear layers. They stay the encoder's; change their values in place, never close them.
   */
  SequencedMap<String, Tensor> parameters();

  /**
   * Scores a batch: float32 [pairs], differentiable with respect to {@link #parameters()} and on
   * their device, to which the batch is copied.
   */
  Tensor logits(TokenBatch batch);

  /** From now on dropout is active, drawn from libtorch's seeded generator. */
  void training();

  /** From now on dropout is off; a new encoder starts so. */
  void evaluation();

  /** From now on layers are computed so; a new encoder starts in float32. */
  void computeIn(Precision precision);

  /** From now on shows the inputs of linear layers to this observer; a new encoder to none. */
  void observe(LinearObserver observer);

  /** Frees the parameters. */
  @Override
  void close();
}
