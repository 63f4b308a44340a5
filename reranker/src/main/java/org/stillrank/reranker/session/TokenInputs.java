/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * One batch in the memory the runtime reads: token ids, mask and segments, {@code [rows, length]},
 * padded on the right. The buffers are kept and reused; they grow to the largest batch filled in.
 * One thread at a time.
 */
public final class TokenInputs {
  private LongBuffer ids = allocate(0);
  private LongBuffer mask = allocate(0);
  private LongBuffer typeIds = allocate(0);
  private int rows;
  private int length;

  /** Replaces what was there by these pairs, padded to the longest of them. */
  public TokenInputs fill(List<TokenPair> pairs, int padId) {
    rows = pairs.size();
    length = pairs.stream().mapToInt(TokenPair::length).max().orElse(0);
    reserve(Math.multiplyExact(rows, length));
    for (TokenPair pair : pairs) {
      for (int i = 0; i < length; i++) {
        boolean real = i < pair.length();
        ids.put(real ? pair.ids()[i] : padId);
        mask.put(real ? 1 : 0);
        typeIds.put(real ? pair.typeIds()[i] : 0);
      }
    }
    ids.flip();
    mask.flip();
    typeIds.flip();
    return this;
  }

  /** How many pairs are in it. */
  public int rows() {
    return rows;
  }

  /** How long each row is, padding included. */
  public int length() {
    return length;
  }

  LongBuffer ids() {
    return ids;
  }

  LongBuffer mask() {
    return mask;
  }

  LongBuffer typeIds() {
    return typeIds;
  }

  private void reserve(int elements) {
    if (ids.capacity() < elements) {
      ids = allocate(elements);
      mask = allocate(elements);
      typeIds = allocate(elements);
    }
    ids.clear();
    mask.clear();
    typeIds.clear();
  }

  private static LongBuffer allocate(int elements) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Long.BYTES))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
