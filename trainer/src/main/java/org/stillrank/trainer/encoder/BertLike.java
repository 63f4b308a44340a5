/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import java.util.SequencedMap;

/**
 * BERT (and MiniLM), ELECTRA, RoBERTa: learned positions, attention and feed-forward normalised at
 * their ends (transformers' {@code modeling_bert}, {@code _electra}, {@code _roberta}).
 *
 * <p>The head reads only the first token, so the last layer computes only that one: the same logits
 * for a seventh less work in six layers.
 *
 * @param family which of them
 * @param embeddingSize width of the tables; narrower than {@code hidden} in small ELECTRAs
 * @param positions rows of the position table
 * @param tokenTypes rows of the token type table
 */
public record BertLike(
    BertFamily family,
    Sizes sizes,
    int embeddingSize,
    int positions,
    int tokenTypes,
    Dropout dropout)
    implements Architecture {
  private static final String WORDS = "word_embeddings";
  private static final String POSITIONS = "position_embeddings";
  private static final String WEIGHT = ".weight";

  /** An uncased English BERT of the given size, everything else as bert-base-uncased has it. */
  public static BertLike bertUncased(int layers, int hidden, int heads, int intermediate) {
    return new BertLike(
        BertFamily.BERT,
        new Sizes(30_522, hidden, layers, heads, intermediate, 1e-12, 0.02),
        hidden,
        512,
        2,
        new Dropout(0.1, 0.1));
  }

  /** The same network with tables of other lengths. */
  public BertLike withTables(int words, int newPositions, int types) {
    Sizes others =
        new Sizes(
            words,
            sizes.hidden(),
            sizes.layers(),
            sizes.heads(),
            sizes.intermediate(),
            sizes.normEpsilon(),
            sizes.initializerRange());
    return new BertLike(family, others, embeddingSize, newPositions, types, dropout);
  }

  @Override
  public BertLike withDropout(Dropout other) {
    return new BertLike(family, sizes, embeddingSize, positions, tokenTypes, other);
  }

  @Override
  public BertLike withLayers(int count) {
    return new BertLike(
        family, sizes.withLayers(count), embeddingSize, positions, tokenTypes, dropout);
  }

  @Override
  public String modelType() {
    return family.modelType();
  }

  @Override
  public int longestPair() {
    return positions - family.firstPosition();
  }

  @Override
  public boolean readsTypes() {
    return tokenTypes > 1;
  }

  @Override
  public String bodyPrefix() {
    return modelType() + ".";
  }

  @Override
  public List<String> pretrainingHeads() {
    return family.pretrainingHeads();
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    Parameters parameters = new Parameters();
    Initial initial = new Initial.Normal(sizes.initializerRange());
    int hidden = sizes.hidden();
    parameters
        .lookup(embeddings(WORDS), sizes.vocabulary(), embeddingSize, initial)
        .lookup(embeddings(POSITIONS), positions, embeddingSize, initial)
        .table(embeddings("token_type_embeddings"), tokenTypes, embeddingSize, initial)
        .norm(embeddings("LayerNorm"), embeddingSize);
    if (embeddingSize != hidden) {
      parameters.linear(projection(), hidden, embeddingSize, initial);
    }
    for (int index = 0; index < sizes.layers(); index++) {
      String self = layer(index) + "attention.self.";
      parameters
          .linear(self + "query", hidden, hidden, initial)
          .linear(self + "key", hidden, hidden, initial)
          .linear(self + "value", hidden, hidden, initial);
      PostNormBlocks.declare(parameters, layer(index), sizes);
    }
    return family.head().declare(parameters, hidden, initial).list();
  }

  @Override
  public <T> T vector(Operations<T> operations) {
    T states = operations.block(() -> embed(operations));
    for (int index = 0; index < sizes.layers(); index++) {
      T tokens = states;
      String layer = layer(index);
      boolean last = index == sizes.layers() - 1;
      states =
          operations.block(
              () -> next(operations, layer, tokens, last ? operations.first(tokens) : tokens));
    }
    return operations.firstVector(states);
  }

  private <T> T embed(Operations<T> operations) {
    String typeTable = embeddings("token_type_embeddings");
    T types = readsTypes() ? operations.types(typeTable) : operations.rows(typeTable, 1);
    T sum =
        operations.add(
            operations.add(operations.words(embeddings(WORDS)), types),
            operations.positions(embeddings(POSITIONS), family.firstPosition()));
    T states = operations.dropout(dropout.hidden(), operations.norm(embeddings("LayerNorm"), sum));
    return embeddingSize == sizes.hidden() ? states : operations.linear(projection(), states);
  }

  private <T> T next(Operations<T> operations, String layer, T tokens, T readers) {
    String self = layer + "attention.self.";
    T context =
        operations.attention(
            operations.linear(self + "query", readers),
            operations.linear(self + "key", tokens),
            operations.linear(self + "value", tokens),
            Attention.scaled(sizes, dropout.attention()),
            null);
    return new PostNormBlocks<>(operations, layer, dropout.hidden()).apply(context, readers);
  }

  @Override
  public <T> T logit(Operations<T> operations, T vector) {
    return family.logit(operations, vector, dropout.hidden());
  }

  /** The parameter with a row for each word. */
  public String wordTable() {
    return embeddings(WORDS) + WEIGHT;
  }

  /** The parameter with a row for each position. */
  public String positionTable() {
    return embeddings(POSITIONS) + WEIGHT;
  }

  private String embeddings(String name) {
    return bodyPrefix() + "embeddings." + name;
  }

  private String projection() {
    return bodyPrefix() + "embeddings_project";
  }

  private String layer(int index) {
    return bodyPrefix() + "encoder.layer." + index + ".";
  }
}
