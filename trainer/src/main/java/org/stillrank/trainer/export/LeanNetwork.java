/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.encoder.Architecture;
import org.stillrank.trainer.encoder.BertLike;
import org.stillrank.trainer.tokenizer.LeanTokenizer;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * A network and its tokenizer without rows of its tables that no pair of its bundle reads: tokens
 * that no text gives, positions behind {@code max_length}. Logits stay what they were.
 *
 * @param weights by their names
 * @param tokenizerJson a file's content
 * @param places the new id of each old one
 */
@SuppressWarnings("ArrayRecordComponent") // thirty thousand ids, which nobody changes
record LeanNetwork(
    Architecture architecture,
    SequencedMap<String, FloatTensor> weights,
    String tokenizerJson,
    int[] places) {

  /**
   * Leaves them out, where the family has such rows.
   *
   * @param maxLength tokens of the longest pair
   */
  static LeanNetwork of(
      Architecture architecture,
      SequencedMap<String, FloatTensor> weights,
      Path tokenizerJson,
      int maxLength)
      throws IOException {
    LeanTokenizer tokenizer = LeanTokenizer.of(tokenizerJson);
    int vocabulary = architecture.sizes().vocabulary();
    if (!(architecture instanceof BertLike bert)) {
      int[] same = IntStream.range(0, vocabulary).toArray();
      return new LeanNetwork(architecture, weights, tokenizer.json(), same);
    }
    int[] words =
        tokenizer
            .kept()
            .map(kept -> kept.stream().toArray())
            .orElseGet(() -> IntStream.range(0, vocabulary).toArray());
    int positions = Math.min(bert.positions(), bert.family().firstPosition() + maxLength);
    SequencedMap<String, FloatTensor> fewer = new LinkedHashMap<>(weights);
    fewer.computeIfPresent(bert.wordTable(), (name, table) -> table.rows(words));
    fewer.computeIfPresent(
        bert.positionTable(), (name, table) -> table.rows(IntStream.range(0, positions).toArray()));
    int[] places = new int[vocabulary];
    for (int i = 0; i < words.length; i++) {
      places[words[i]] = i;
    }
    return new LeanNetwork(
        bert.withTables(words.length, positions, bert.tokenTypes()),
        fewer,
        tokenizer.json(),
        places);
  }

  /** The same pairs with the ids that the tokenizer has now. */
  List<TokenPair> pairs(List<TokenPair> before) {
    return before.stream()
        .map(pair ->
            new TokenPair(IntStream.of(pair.ids()).map(id -> places[id]).toArray(), pair.typeIds()))
        .toList();
  }
}
