/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * How long a pair may be, in tokens.
 *
 * @param maxLength the whole pair, special tokens included
 * @param maxQueryLength the query's own tokens, special tokens not counted
 */
public record PairLimits(int maxLength, int maxQueryLength) {
  public PairLimits {
    if (maxQueryLength < 1 || maxLength <= maxQueryLength) {
      throw new InvalidInputException(
          "max_length ["
              + maxLength
              + "] and max_query_length ["
              + maxQueryLength
              + "] leave no room: both must be at least 1 and max_length the larger;"
              + " lower max_query_length or raise max_length");
    }
  }
}
