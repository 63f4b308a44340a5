/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import java.util.SequencedMap;

/**
 * A family's cross-encoder of given sizes: which parameters it has and what it computes from them,
 * as transformers' {@code ForSequenceClassification} with one output does.
 */
public sealed interface Architecture permits BertLike, DebertaV3, ModernBert {

  /** The family, {@code model_type} of a {@code config.json}. */
  String modelType();

  Sizes sizes();

  /** The longest pair, in tokens. */
  int longestPair();

  /** Whether pairs tell the query's tokens from the passage's by types. */
  boolean readsTypes();

  /** The same network with other dropout probabilities. */
  Architecture withDropout(Dropout dropout);

  /**
   * The same network with fewer or more layers.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException where layers differ by their place
   */
  Architecture withLayers(int count);

  /** What the names of the body start with; the head stands beside it. */
  String bodyPrefix();

  /** What the names of heads start with that pre-training leaves and a cross-encoder drops. */
  List<String> pretrainingHeads();

  /** Every parameter by its name, from the embeddings to the head. */
  SequencedMap<String, Parameter> parameters();

  /** The vector that stands for a pair: [pairs, hidden]. */
  <T> T vector(Operations<T> operations);

  /** Its raw relevance logit: [pairs, 1]. */
  <T> T logit(Operations<T> operations, T vector);
}
