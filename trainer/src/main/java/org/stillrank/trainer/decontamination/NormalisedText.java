/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.decontamination;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text as its lower-case words of letters and digits, after Unicode's compatibility
 * normalisation: case, punctuation and spacing make no difference.
 */
record NormalisedText(List<String> words) {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  static NormalisedText of(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return new NormalisedText(
        NO_WORD.splitAsStream(plain).filter(word -> !word.isEmpty()).toList());
  }

  /** Every {@code length} consecutive words, once each; none when the text is shorter. */
  Set<List<String>> grams(int length) {
    Set<List<String>> grams = new HashSet<>();
    for (int start = 0; start + length <= words.size(); start++) {
      grams.add(List.copyOf(words.subList(start, start + length)));
    }
    return grams;
  }
}
