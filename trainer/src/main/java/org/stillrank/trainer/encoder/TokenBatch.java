/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * Tokenised pairs as tensors on the processor, padded on the right to the longest.
 *
 * @param ids int64 [pairs, length], padded with 0
 * @param typeIds int64 [pairs, length], padded with 0
 * @param attended bool [pairs, length]: true where a token is, false where padding is
 * @param pairs how many
 * @param length tokens of the longest pair
 * @param padded whether any pair is shorter than the longest
 * @param largestId which a vocabulary must reach
 */
public record TokenBatch(
    Tensor ids,
    Tensor typeIds,
    Tensor attended,
    int pairs,
    int length,
    boolean padded,
    int largestId)
    implements AutoCloseable {

  /** Copies tokenised pairs into tensors; at least one pair, none empty. */
  public static TokenBatch of(List<TokenPair> tokenPairs) {
    int pairs = tokenPairs.size();
    int length = tokenPairs.stream().mapToInt(TokenPair::length).max().orElse(0);
    int shortest = tokenPairs.stream().mapToInt(TokenPair::length).min().orElse(0);
    if (shortest == 0) {
      throw new IllegalArgumentException("a batch needs pairs, and each pair needs tokens");
    }
    long[] ids = new long[pairs * length];
    long[] typeIds = new long[pairs * length];
    boolean[] attended = new boolean[pairs * length];
    int largestId = 0;
    for (int pair = 0; pair < pairs; pair++) {
      TokenPair tokens = tokenPairs.get(pair);
      for (int token = 0; token < tokens.length(); token++) {
        int cell = pair * length + token;
        ids[cell] = tokens.ids()[token];
        largestId = Math.max(largestId, tokens.ids()[token]);
        typeIds[cell] = tokens.typeIds()[token];
        attended[cell] = true;
      }
    }
    return new TokenBatch(
        AbstractTensor.create(ids, pairs, length),
        AbstractTensor.create(typeIds, pairs, length),
        AbstractTensor.create(attended, pairs, length),
        pairs,
        length,
        shortest < length,
        largestId);
  }

  /** The same pairs where a tensor is: this, or copies that belong to the scope that is open. */
  TokenBatch beside(Tensor tensor) {
    org.bytedeco.pytorch.Device there = tensor.device();
    if (ids.device().equals(there)) {
      return this;
    }
    return new TokenBatch(
        ids.to(there, ids.scalar_type()),
        typeIds.to(there, typeIds.scalar_type()),
        attended.to(there, attended.scalar_type()),
        pairs,
        length,
        padded,
        largestId);
  }

  @Override
  public void close() {
    ids.close();
    typeIds.close();
    attended.close();
  }
}
