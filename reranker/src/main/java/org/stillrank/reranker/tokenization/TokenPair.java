/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.util.Arrays;

/**
 * A query and a passage as a model reads them: special tokens included, no padding.
 *
 * @param ids the token ids, {@code [length]}
 * @param typeIds the segment of each token, {@code [length]}; all zero for families without them
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them are made: a list would box every id
public record TokenPair(int[] ids, int[] typeIds) {
  public TokenPair {
    if (ids.length != typeIds.length) {
      throw new IllegalArgumentException(
          "[" + ids.length + "] ids but [" + typeIds.length + "] type ids");
    }
  }

  /** How many tokens there are. */
  public int length() {
    return ids.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenPair that
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(typeIds, that.typeIds);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(typeIds);
  }

  @Override
  public String toString() {
    return "TokenPair[ids=" + Arrays.toString(ids) + ", typeIds=" + Arrays.toString(typeIds) + "]";
  }
}
