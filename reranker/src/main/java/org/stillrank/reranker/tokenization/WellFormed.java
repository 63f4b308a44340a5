/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

/**
 * Text as the native tokenizer can take it. Half a surrogate pair, which documents that were cut by
 * bytes or characters contain, has no UTF-8 form; it becomes U+FFFD, as in every UTF-8 decoder.
 */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  static String text(String text) {
    int broken = firstBroken(text, 0);
    if (broken < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (int at = broken; at >= 0; at = firstBroken(text, at + 1)) {
      repaired.setCharAt(at, REPLACEMENT);
    }
    return repaired.toString();
  }

  private static int firstBroken(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (!Character.isSurrogate(c)) {
        at++;
      } else if (Character.isHighSurrogate(c)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at += 2;
      } else {
        return at;
      }
    }
    return -1;
  }
}
