/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * The sizes every transformer has.
 *
 * @param vocabulary rows of the word table
 * @param hidden width of a token's vector
 * @param layers transformer layers
 * @param heads attention heads; divides {@code hidden}
 * @param intermediate width inside the feed-forward block
 * @param normEpsilon added to the variance in every LayerNorm
 * @param initializerRange standard deviation of freshly drawn weights
 */
public record Sizes(
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    int intermediate,
    double normEpsilon,
    double initializerRange) {

  public Sizes {
    if (heads <= 0 || hidden % heads != 0) {
      throw new InvalidInputException(
          "num_attention_heads ["
              + heads
              + "] does not divide hidden_size ["
              + hidden
              + "]; correct one of them");
    }
  }

  /** The same sizes with another number of layers. */
  public Sizes withLayers(int count) {
    return new Sizes(vocabulary, hidden, count, heads, intermediate, normEpsilon, initializerRange);
  }

  /** Width of one attention head. */
  public int headSize() {
    return hidden / heads;
  }
}
