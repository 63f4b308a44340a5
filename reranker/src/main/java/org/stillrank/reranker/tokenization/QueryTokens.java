/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.util.Arrays;

/** A query's own tokens, cut to the limit, without special tokens; used for all its pairs. */
public final class QueryTokens {
  private final int[] ids;

  QueryTokens(int[] ids) {
    this.ids = ids;
  }

  /** How many tokens there are. */
  public int length() {
    return ids.length;
  }

  /** A copy of the token ids. */
  public int[] ids() {
    return ids.clone();
  }

  void copyTo(int[] target, int offset) {
    System.arraycopy(ids, 0, target, offset, ids.length);
  }

  @Override
  public String toString() {
    return "QueryTokens" + Arrays.toString(ids);
  }
}
