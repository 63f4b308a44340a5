/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * What the Rust tokenizers answer for one input, copied to Java.
 *
 * @param ids the token ids, {@code [length]}
 * @param typeIds the segments, {@code [length]}
 * @param special 1 for each token that the template added, {@code [length]}
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record NativeEncoding(int[] ids, int[] typeIds, int[] special) {
  /** Copies and frees the native encoding. */
  static NativeEncoding take(long encoding) {
    try {
      TokenizersLibrary library = TokenizersLibrary.LIB;
      return new NativeEncoding(
          NativeTokenizer.toInts(library.getTokenIds(encoding)),
          NativeTokenizer.toInts(library.getTypeIds(encoding)),
          NativeTokenizer.toInts(library.getSpecialTokenMask(encoding)));
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }
}
