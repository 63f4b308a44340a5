/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.QueryTokens;
import org.stillrank.reranker.tokenization.TokenPair;

/** The pairs that stand for texts: those of a text one behind the other, texts in their order. */
final class PassagePlan {
  private record Text(int firstPair, List<Span> spans, int tokens) {}

  private final PairTokenizer tokenizer;
  private final QueryTokens query;
  private final int[] queryIds;
  private final Passages passages;
  private final List<Text> texts = new ArrayList<>();
  private final List<TokenPair> pairs = new ArrayList<>();

  /**
   * @throws InvalidInputException when a window is longer than what the model reads beside a query
   */
  PassagePlan(PairTokenizer tokenizer, String query, Passages passages) {
    this.tokenizer = tokenizer;
    this.query = tokenizer.query(query);
    this.queryIds = this.query.ids();
    this.passages = passages;
    if (passages instanceof Windows windows && windows.length() > tokenizer.room()) {
      throw new InvalidInputException(
          "[length] is ["
              + windows.length()
              + "], but of the ["
              + tokenizer.limits().maxLength()
              + "] tokens that the model reads only ["
              + tokenizer.room()
              + "] are left beside a query of ["
              + tokenizer.limits().maxQueryLength()
              + "]; give ["
              + tokenizer.room()
              + "] or less");
    }
  }

  /** Adds texts behind those that are there. */
  void add(List<String> more) {
    tokenizer.texts(more).forEach(this::add);
  }

  /** Adds a text of which the token ids are known. */
  void add(int[] text) {
    List<Span> spans = passages.spans(queryIds, text);
    texts.add(new Text(pairs.size(), spans, text.length));
    for (Span span : spans) {
      pairs.add(tokenizer.pair(query, text, span));
    }
  }

  List<TokenPair> pairs() {
    return pairs;
  }

  /**
   * Refuses to score more than is allowed.
   *
   * @throws InvalidInputException saying how much it would be
   */
  void require(TokenLimit limit) {
    limit.require(texts.size(), pairs.stream().mapToLong(TokenPair::length).sum());
  }

  /** The score of each text from those of its pairs. */
  float[] logits(float[] ofPairs) {
    float[] logits = new float[texts.size()];
    for (int text = 0; text < logits.length; text++) {
      logits[text] = passages.aggregation().of(of(texts.get(text), ofPairs));
    }
    return logits;
  }

  /** The passage of each text that counts most. */
  List<ScoredPassage> winners(float[] ofPairs) {
    Aggregation aggregation = passages.aggregation();
    return texts.stream()
        .map(text -> {
          float[] logits = of(text, ofPairs);
          int winner = aggregation.winner(logits);
          return new ScoredPassage(
              text.spans().get(winner), logits[winner], logits.length, text.tokens());
        })
        .toList();
  }

  private static float[] of(Text text, float[] ofPairs) {
    return Arrays.copyOfRange(ofPairs, text.firstPair(), text.firstPair() + text.spans().size());
  }
}
