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

  /** A text whose pairs are not made yet. */
  @SuppressWarnings("ArrayRecordComponent") // read once, not compared
  record Split(int[] ids, List<Span> spans) {}

  private final PairTokenizer tokenizer;
  private final QueryTokens query;
  private final int[] queryIds;
  private final Passages passages;
  private final List<Text> texts = new ArrayList<>();
  private final List<TokenPair> pairs = new ArrayList<>();
  private final TokenLimit limit;
  private long tokens;

  /**
   * @throws InvalidInputException when a window is longer than what the model reads beside a query
   */
  PassagePlan(PairTokenizer tokenizer, ScoringRequest request) {
    this.tokenizer = tokenizer;
    this.limit = request.limit();
    this.query = tokenizer.query(request.query());
    this.queryIds = this.query.ids();
    this.passages = request.passages();
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

  /** A text's tokens and its passages among them; threads may ask for several at a time. */
  Split split(ScoredText text) {
    int[] ids =
        switch (text) {
          case ScoredText.Written written -> tokenizer.text(ScoredText.beginning(written.text()));
          case ScoredText.Tokenised tokenised -> tokenised.ids();
        };
    int room = tokenizer.room(query);
    return new Split(
        ids, passages.spans(queryIds, ids).stream().map(span -> span.upTo(room)).toList());
  }

  /**
   * Adds a text behind those that are there.
   *
   * @throws InvalidInputException when that is more than is allowed
   */
  void add(Split split) {
    int[] text = split.ids();
    List<Span> spans = split.spans();
    int pairTokens = tokenizer.limits().maxLength() - tokenizer.room(query);
    tokens += spans.stream().mapToLong(span -> pairTokens + lead(span) + span.length()).sum();
    limit.require(texts.size() + 1, tokens);
    texts.add(new Text(pairs.size(), spans, text.length));
    for (Span span : spans) {
      pairs.add(
          lead(span) == 0
              ? tokenizer.pair(query, text, span)
              : tokenizer.pair(query, led(text, span), new Span(0, lead(span) + span.length())));
    }
  }

  private int lead(Span span) {
    return span.from() == 0 ? 0 : passages.lead();
  }

  private int[] led(int[] text, Span span) {
    int lead = lead(span);
    int[] led = Arrays.copyOf(text, lead + span.length());
    System.arraycopy(text, span.from(), led, lead, span.length());
    return led;
  }

  List<TokenPair> pairs() {
    return pairs;
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
