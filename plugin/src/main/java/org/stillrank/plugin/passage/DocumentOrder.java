/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.passage;

import java.util.Arrays;

/** The order in which an index is read cheaply: each of its blocks and segments once. */
public final class DocumentOrder {
  private DocumentOrder() {}

  /** Places of the documents, those of lower ids first. */
  public static int[] of(int[] documents) {
    long[] keys = new long[documents.length];
    for (int i = 0; i < documents.length; i++) {
      keys[i] = ((long) documents[i] << 32) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
