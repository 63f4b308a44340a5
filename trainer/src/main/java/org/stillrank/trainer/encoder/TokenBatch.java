/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/**
 * Tokenised pairs as tensors, padded on the right to the longest.
 *
 * @param ids int64 [pairs, length], padded with 0
 * @param typeIds int64 [pairs, length], padded with 0
 * @param attended bool [pairs, length]: true where a token is, false where padding is
 * @param pairs how many
 * @param length tokens of the longest pair
 * @param padded whether any pair is shorter than the longest
 */
public record TokenBatch(
    Tensor ids, Tensor typeIds, Tensor attended, int pairs, int length, boolean padded)
    implements AutoCloseable {

  /**
   * Copies token ids into tensors.
   *
   * @param ids the tokens of each pair, specials included; at least one pair, none empty
   * @param typeIds 0 for the query's tokens and 1 for the passage's, as long as the ids
   */
  public static TokenBatch of(List<int[]> ids, List<int[]> typeIds) {
    int pairs = ids.size();
    int length = ids.stream().mapToInt(each -> each.length).max().orElse(0);
    if (pairs == 0 || length == 0 || typeIds.size() != pairs) {
      throw new IllegalArgumentException(
          pairs + " pairs of at most " + length + " tokens, " + typeIds.size() + " rows of types");
    }
    long[] paddedIds = new long[pairs * length];
    long[] paddedTypes = new long[pairs * length];
    boolean[] attended = new boolean[pairs * length];
    boolean padded = false;
    for (int pair = 0; pair < pairs; pair++) {
      int[] tokens = ids.get(pair);
      int[] types = typeIds.get(pair);
      if (tokens.length == 0 || types.length != tokens.length) {
        throw new IllegalArgumentException(
            "pair " + pair + " has " + tokens.length + " tokens and " + types.length + " types");
      }
      padded |= tokens.length < length;
      for (int token = 0; token < tokens.length; token++) {
        int cell = pair * length + token;
        paddedIds[cell] = tokens[token];
        paddedTypes[cell] = types[token];
        attended[cell] = true;
      }
    }
    return new TokenBatch(
        AbstractTensor.create(paddedIds, pairs, length),
        AbstractTensor.create(paddedTypes, pairs, length),
        AbstractTensor.create(attended, pairs, length),
        pairs,
        length,
        padded);
  }

  @Override
  public void close() {
    ids.close();
    typeIds.close();
    attended.close();
  }
}
