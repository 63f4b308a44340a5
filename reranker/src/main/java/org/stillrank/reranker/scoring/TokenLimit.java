/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * How much a request may cost, however long and many its texts are.
 *
 * @param option that sets it, for the message
 * @param tokens of all pairs together
 */
public record TokenLimit(String option, long tokens) {
  public TokenLimit {
    if (tokens < 1) {
      throw new InvalidInputException("[" + option + "] is [" + tokens + "]; give 1 or more");
    }
  }

  /** Any number of tokens. */
  public static TokenLimit none() {
    return new TokenLimit("max_tokens", Long.MAX_VALUE);
  }

  void require(int texts, long needed) {
    if (needed > tokens) {
      throw new InvalidInputException(
          "scoring ["
              + texts
              + "] of the texts takes ["
              + needed
              + "] tokens already, and ["
              + option
              + "] is ["
              + tokens
              + "]; score fewer texts, fewer or shorter passages of each, or raise it");
    }
  }
}
