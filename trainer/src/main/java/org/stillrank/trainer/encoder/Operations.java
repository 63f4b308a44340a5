/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What networks are made of. Each network is written down once, in these operations; libtorch
 * computes them, and an ONNX graph records them.
 *
 * <p>States are [pairs, length, width]. Layers and tables are named as transformers names them,
 * without {@code .weight} and {@code .bias}.
 *
 * @param <T> a value: a tensor, or the name of a node's output
 */
public interface Operations<T> {

  /** Rows of the word table for each token: [pairs, length, width]. */
  T words(String table);

  /** Rows of a table for each token's type: [pairs, length, width]. */
  T types(String table);

  /** As many rows of a table as the pairs have tokens, from a row on: [1, length, width]. */
  T positions(String table, int from);

  /** The first rows of a table: [1, count, width]. */
  T rows(String table, int count);

  /** A linear layer, with a bias if the network has one of that name. */
  T linear(String layer, T input);

  /** Layer normalisation over the last axis, with a bias if the network has one of that name. */
  T norm(String layer, T input);

  T add(T left, T right);

  T multiply(T left, T right);

  /** The exact form, by the error function. */
  T gelu(T input);

  T tanh(T input);

  /** Forgets numbers with this probability while training. */
  T dropout(double probability, T input);

  /** Part of the last axis. */
  T slice(T input, int from, int to);

  /** The states of the first token alone: [pairs, 1, width]. */
  T first(T states);

  /** The first token's vector: [pairs, width]. */
  T firstVector(T states);

  /** The mean of the vectors of tokens that are no padding: [pairs, width]. */
  T meanVector(T states);

  /**
   * Attention of queries [pairs, readers, width] to keys and values [pairs, length, width]; readers
   * are all tokens or the first.
   *
   * @param bias added to the scaled products, [pairs, heads, readers, length], or null
   * @return [pairs, readers, width]
   */
  T attention(T queries, T keys, T values, Attention attention, @Nullable T bias);

  /**
   * What the relative positions of tokens add to their products: query · key of the position, and
   * key · query of the position, scaled (He et al. 2021, DeBERTa, section 3.1).
   *
   * @param positionKeys [1, 2 * buckets, width]
   * @param positionQueries [1, 2 * buckets, width]
   * @return [pairs, heads, readers, length]
   */
  T disentangledBias(
      T queries,
      T keys,
      T positionKeys,
      T positionQueries,
      RelativeBuckets buckets,
      Attention attention);

  /** A part of the network, of which only the result is kept. */
  T block(Supplier<T> computation);
}
