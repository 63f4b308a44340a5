/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * The shape of a BERT-like encoder, as a Hugging Face {@code config.json} gives it.
 *
 * @param modelType the family, {@code bert}
 * @param vocabularySize rows of the word embedding table
 * @param hiddenSize width of a token's vector
 * @param layers transformer layers
 * @param heads attention heads; divides {@code hiddenSize}
 * @param intermediateSize width inside the feed-forward block
 * @param maxPositions rows of the position table, the longest pair in tokens
 * @param tokenTypes rows of the token type table
 * @param layerNormEpsilon added to the variance in every LayerNorm
 * @param hiddenDropout probability, after embeddings, blocks and pooler, in training only
 * @param attentionDropout probability, on the attention weights, in training only
 * @param initializerRange standard deviation of freshly drawn weights
 */
public record EncoderConfig(
    String modelType,
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int maxPositions,
    int tokenTypes,
    double layerNormEpsilon,
    double hiddenDropout,
    double attentionDropout,
    double initializerRange) {

  public EncoderConfig {
    if (heads <= 0 || hiddenSize % heads != 0) {
      throw new InvalidInputException(
          "num_attention_heads ["
              + heads
              + "] does not divide hidden_size ["
              + hiddenSize
              + "]; correct one of them");
    }
  }

  /** An uncased English BERT of the given size, everything else as bert-base-uncased has it. */
  public static EncoderConfig bertUncased(
      int layers, int hiddenSize, int heads, int intermediateSize) {
    return new EncoderConfig(
        "bert", 30_522, hiddenSize, layers, heads, intermediateSize, 512, 2, 1e-12, 0.1, 0.1, 0.02);
  }

  /** Width of one attention head. */
  public int headSize() {
    return hiddenSize / heads;
  }

  /** The same network with embedding tables of other lengths. */
  public EncoderConfig withTables(int words, int positions, int types) {
    return new EncoderConfig(
        modelType,
        words,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        positions,
        types,
        layerNormEpsilon,
        hiddenDropout,
        attentionDropout,
        initializerRange);
  }

  /** The same network with other dropout probabilities. */
  public EncoderConfig withDropout(double hidden, double attention) {
    return new EncoderConfig(
        modelType,
        vocabularySize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        maxPositions,
        tokenTypes,
        layerNormEpsilon,
        hidden,
        attention,
        initializerRange);
  }
}
