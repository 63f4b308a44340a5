/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Span;

/**
 * What a tokenizer puts around a query and a passage, learned from the tokenizer itself by encoding
 * a probe pair: {@code [CLS] q [SEP] p [SEP]} for BERT, {@code <s> q </s></s> p </s>} for RoBERTa,
 * {@code q </s> p </s>} for T5.
 */
final class PairTemplate {
  private static final String PROBE_QUERY = "a";
  private static final String PROBE_PASSAGE = "one two three";

  private final int[] ids;
  private final int[] typeIds;
  private final int queryStart;
  private final int queryLength;
  private final int passageStart;
  private final int passageLength;

  private PairTemplate(
      NativeEncoding pair, int queryStart, int queryLength, int passageStart, int passageLength) {
    this.ids = pair.ids();
    this.typeIds = pair.typeIds();
    this.queryStart = queryStart;
    this.queryLength = queryLength;
    this.passageStart = passageStart;
    this.passageLength = passageLength;
  }

  static PairTemplate of(NativeTokenizer tokenizer) {
    int[][] alone = {tokenizer.encode(PROBE_QUERY), tokenizer.encode(PROBE_PASSAGE)};
    NativeEncoding pair = tokenizer.encodeWithSpecials(PROBE_QUERY, PROBE_PASSAGE);
    int queryStart = run(pair.special(), 0, 1);
    int queryEnd = queryStart + alone[0].length;
    int passageStart = queryEnd + run(pair.special(), queryEnd, 1);
    int passageEnd = passageStart + alone[1].length;
    boolean understood =
        passageEnd <= pair.ids().length
            && Arrays.equals(alone[0], Arrays.copyOfRange(pair.ids(), queryStart, queryEnd))
            && Arrays.equals(alone[1], Arrays.copyOfRange(pair.ids(), passageStart, passageEnd))
            && passageEnd + run(pair.special(), passageEnd, 1) == pair.ids().length
            && alone[0].length > 0
            && alone[1].length > 0;
    if (!understood) {
      throw new InvalidInputException(
          "the tokenizer ["
              + tokenizer.file()
              + "] does not encode a pair as special tokens around query and passage"
              + " (post_processor); use a tokenizer.json made for sentence pairs");
    }
    return new PairTemplate(pair, queryStart, alone[0].length, passageStart, alone[1].length);
  }

  /** How many tokens the template adds to a pair. */
  int specials() {
    return ids.length - queryLength - passageLength;
  }

  /** The pair with a span of a text, cut so that the whole has at most {@code maxLength} tokens. */
  TokenPair assemble(QueryTokens query, int[] text, Span span, int maxLength) {
    int room = maxLength - specials() - query.length();
    int kept = Math.min(span.length(), room);
    int[] pairIds = new int[specials() + query.length() + kept];
    int[] pairTypes = new int[pairIds.length];

    int at = special(0, queryStart, pairIds, pairTypes, 0);
    query.copyTo(pairIds, at);
    Arrays.fill(pairTypes, at, at + query.length(), typeIds[queryStart]);
    at += query.length();
    at = special(queryStart + queryLength, passageStart, pairIds, pairTypes, at);
    System.arraycopy(text, span.from(), pairIds, at, kept);
    Arrays.fill(pairTypes, at, at + kept, typeIds[passageStart]);
    at += kept;
    special(passageStart + passageLength, ids.length, pairIds, pairTypes, at);
    return new TokenPair(pairIds, pairTypes);
  }

  private int special(int from, int to, int[] pairIds, int[] pairTypes, int at) {
    System.arraycopy(ids, from, pairIds, at, to - from);
    System.arraycopy(typeIds, from, pairTypes, at, to - from);
    return at + to - from;
  }

  private static int run(int[] values, int from, int value) {
    int at = from;
    while (at < values.length && values[at] == value) {
      at++;
    }
    return at - from;
  }
}
