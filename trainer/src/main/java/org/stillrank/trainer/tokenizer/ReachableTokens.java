/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.stillrank.reranker.tokenization.TextTokenizer;
import tools.jackson.databind.JsonNode;

/**
 * Which tokens of a WordPiece vocabulary some text gives. BERT's has a thousand that wait for
 * another use ({@code [unused7]}), and continuations of signs that always stand alone, such as
 * brackets and Chinese characters: a text that spells them is split before the vocabulary is asked.
 */
final class ReachableTokens {
  private static final String CONTINUES = "##";
  private static final int LONGEST = 64;

  private ReachableTokens() {}

  /**
   * The ids that are left.
   *
   * @param root what {@code file} holds, a WordPiece tokenizer
   */
  static BitSet of(Path file, JsonNode root) throws IOException {
    Map<Integer, String> tokens = WordPieceIds.of(root);
    List<Map.Entry<Integer, String>> entries = List.copyOf(tokens.entrySet());
    BitSet beginning = new BitSet();
    entries.forEach(each -> beginning.set(each.getKey(), !continues(each.getValue())));
    Set<Integer> added = WordPieceIds.added(root);
    BitSet reachable = new BitSet();
    try (TextTokenizer tokenizer = TextTokenizer.open(file)) {
      List<int[]> given =
          tokenizer.encode(
              entries.stream().map(each -> spelled(each.getValue())).toList(), LONGEST);
      for (int i = 0; i < given.size(); i++) {
        int id = entries.get(i).getKey();
        reachable.set(id, added.contains(id) || !splits(given.get(i), beginning));
      }
    }
    return reachable;
  }

  /** A word that has the token in it if any has. */
  private static String spelled(String token) {
    return continues(token) ? "a" + token.substring(CONTINUES.length()) : token;
  }

  private static boolean continues(String token) {
    return token.startsWith(CONTINUES) && token.length() > CONTINUES.length();
  }

  /** Whether another word begins behind the first one; special tokens stand at both ends. */
  private static boolean splits(int[] given, BitSet beginning) {
    return IntStream.range(2, given.length - 1).anyMatch(i -> beginning.get(given[i]));
  }
}
