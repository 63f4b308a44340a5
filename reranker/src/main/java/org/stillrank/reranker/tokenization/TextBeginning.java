/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

/** As much of a text as is read, in whole characters: half a surrogate pair is none. */
public final class TextBeginning {
  private TextBeginning() {}

  /**
   * The text itself, unless it is longer.
   *
   * @param most UTF-16 units, as in {@link String#length}
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean half = Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most));
    return text.substring(0, half ? most - 1 : most);
  }
}
