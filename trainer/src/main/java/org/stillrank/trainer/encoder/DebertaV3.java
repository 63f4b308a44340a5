/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import java.util.SequencedMap;

/**
 * DeBERTa-v3: no positions in the embeddings; instead attention adds, for each pair of tokens, what
 * their distance says (He et al. 2021, arXiv:2111.09543; transformers' {@code modeling_deberta_v2}
 * with shared keys, both directions and logarithmic buckets).
 *
 * @param buckets of relative positions
 */
public record DebertaV3(Sizes sizes, RelativeBuckets buckets, Dropout dropout)
    implements Architecture {
  private static final String PREFIX = "deberta.";
  private static final String WORDS = PREFIX + "embeddings.word_embeddings";
  private static final String EMBEDDINGS_NORM = PREFIX + "embeddings.LayerNorm";
  private static final String RELATIVE = PREFIX + "encoder.rel_embeddings";
  private static final String RELATIVE_NORM = PREFIX + "encoder.LayerNorm";
  private static final ScoringHead HEAD = new ScoringHead("pooler.dense", "classifier");

  /** Nothing in the network ends; an ONNX file must. */
  private static final int LONGEST_PAIR = 4096;

  /** Content to content, content to position, position to content. */
  private static final int PRODUCTS = 3;

  @Override
  public String modelType() {
    return "deberta-v2";
  }

  @Override
  public int longestPair() {
    return LONGEST_PAIR;
  }

  @Override
  public boolean readsTypes() {
    return false;
  }

  @Override
  public DebertaV3 withDropout(Dropout other) {
    return new DebertaV3(sizes, buckets, other);
  }

  @Override
  public DebertaV3 withLayers(int count) {
    return new DebertaV3(sizes.withLayers(count), buckets, dropout);
  }

  @Override
  public String bodyPrefix() {
    return PREFIX;
  }

  @Override
  public List<String> pretrainingHeads() {
    return List.of("lm_predictions.", "mask_predictions.", "cls.");
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    Parameters parameters = new Parameters();
    Initial initial = new Initial.Normal(sizes.initializerRange());
    int hidden = sizes.hidden();
    parameters.lookup(WORDS, sizes.vocabulary(), hidden, initial).norm(EMBEDDINGS_NORM, hidden);
    for (int index = 0; index < sizes.layers(); index++) {
      String self = layer(index) + "attention.self.";
      parameters
          .linear(self + "query_proj", hidden, hidden, initial)
          .linear(self + "key_proj", hidden, hidden, initial)
          .linear(self + "value_proj", hidden, hidden, initial);
      PostNormBlocks.declare(parameters, layer(index), sizes);
    }
    parameters.table(RELATIVE, 2L * buckets.buckets(), hidden, initial).norm(RELATIVE_NORM, hidden);
    return HEAD.declare(parameters, hidden, initial).list();
  }

  @Override
  public <T> T vector(Operations<T> operations) {
    T states =
        operations.block(() ->
            operations.dropout(
                dropout.hidden(), operations.norm(EMBEDDINGS_NORM, operations.words(WORDS))));
    T relative =
        operations.block(
            () -> operations.norm(RELATIVE_NORM, operations.rows(RELATIVE, 2 * buckets.buckets())));
    for (int index = 0; index < sizes.layers(); index++) {
      T tokens = states;
      String layer = layer(index);
      boolean last = index == sizes.layers() - 1;
      states =
          operations.block(() ->
              next(
                  operations,
                  layer,
                  tokens,
                  last ? operations.first(tokens) : tokens,
                  operations.dropout(dropout.hidden(), relative)));
    }
    return operations.firstVector(states);
  }

  private <T> T next(Operations<T> operations, String layer, T tokens, T readers, T relative) {
    String self = layer + "attention.self.";
    T queries = operations.linear(self + "query_proj", readers);
    T keys = operations.linear(self + "key_proj", tokens);
    Attention attention =
        Attention.scaled(sizes, dropout.attention())
            .withScale(1 / Math.sqrt((double) sizes.headSize() * PRODUCTS));
    T bias =
        operations.disentangledBias(
            queries,
            keys,
            operations.linear(self + "key_proj", relative),
            operations.linear(self + "query_proj", relative),
            buckets,
            attention);
    T values = operations.linear(self + "value_proj", tokens);
    T context = operations.attention(queries, keys, values, attention, bias);
    return new PostNormBlocks<>(operations, layer, dropout.hidden()).apply(context, readers);
  }

  @Override
  public <T> T logit(Operations<T> operations, T vector) {
    return HEAD.logit(operations, vector, operations::gelu, dropout.hidden());
  }

  private static String layer(int index) {
    return PREFIX + "encoder.layer." + index + ".";
  }
}
