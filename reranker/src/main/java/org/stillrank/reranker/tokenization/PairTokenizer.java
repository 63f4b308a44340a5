/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.tokenization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.passage.Span;

/**
 * Makes the pairs a cross-encoder reads: the query is tokenised once and cut to its own limit, then
 * only the passage is cut to fit the pair's.
 *
 * <p>The ids are those of the Rust tokenizers' own pair encoding with truncation {@code
 * only_second}. Truncation and padding written into the file are ignored. Threads may share one.
 */
public final class PairTokenizer implements AutoCloseable {
  // Of a query a model reads hundreds of tokens. What stands behind so many characters is hardly
  // ever
  // among them, and the calling thread would tokenise it all the same, which no deadline ends.
  private static final int MOST_CHARACTERS_OF_A_QUERY = 100_000;

  private final NativeTokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final PairTemplate template;
  private final PairLimits limits;

  private PairTokenizer(
      NativeTokenizer tokenizer, Vocabulary vocabulary, PairTemplate template, PairLimits limits) {
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.template = template;
    this.limits = limits;
  }

  /**
   * Opens a {@code tokenizer.json}.
   *
   * @throws InvalidInputException when the file is not one, does not encode pairs, or the limits
   *     leave no token for the passage
   * @throws IOException when the file cannot be read
   */
  public static PairTokenizer open(Path tokenizerJson, PairLimits limits) throws IOException {
    NativeTokenizer tokenizer = NativeTokenizer.open(tokenizerJson);
    try {
      PairTemplate template = PairTemplate.of(tokenizer);
      int longestPrefix = limits.maxQueryLength() + template.specials();
      if (longestPrefix >= limits.maxLength()) {
        throw new InvalidInputException(
            "max_query_length ["
                + limits.maxQueryLength()
                + "] and ["
                + template.specials()
                + "] special tokens leave nothing of max_length ["
                + limits.maxLength()
                + "] for the passage; lower max_query_length or raise max_length");
      }
      return new PairTokenizer(tokenizer, Vocabulary.read(tokenizerJson), template, limits);
    } catch (RuntimeException | IOException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * The query's tokens, cut to the limit; for use in all its pairs. Of a query of more than 100,000
   * characters only the first ones are read.
   */
  public QueryTokens query(String query) {
    int[] ids = tokenizer.encode(TextBeginning.of(query, MOST_CHARACTERS_OF_A_QUERY));
    return new QueryTokens(Arrays.copyOf(ids, Math.min(ids.length, limits.maxQueryLength())));
  }

  /** One pair, made by the calling thread. */
  public TokenPair pair(QueryTokens query, String passage) {
    return whole(query, text(passage));
  }

  /**
   * One pair for each passage, in their order. Of more than one they are made by threads that all
   * tokenizers of a process share.
   */
  public List<TokenPair> pairs(QueryTokens query, List<String> passages) {
    List<TokenPair> pairs = new ArrayList<>(passages.size());
    for (int[] passage : tokenizer.encode(passages)) {
      pairs.add(whole(query, passage));
    }
    return pairs;
  }

  private TokenPair whole(QueryTokens query, int[] passage) {
    return pair(query, passage, new Span(0, passage.length));
  }

  /** The token ids of a whole text, without special tokens, made by the calling thread. */
  public int[] text(String text) {
    return tokenizer.encode(text);
  }

  /** A query with a span of a text, cut to fit the limit. */
  public TokenPair pair(QueryTokens query, int[] text, Span span) {
    return template.assemble(query, text, span, limits.maxLength());
  }

  /** Where in a text some of its tokens stand; an empty span stands at the beginning. */
  public CharacterSpan characters(String text, Span tokens) {
    return tokens.length() == 0
        ? new CharacterSpan(0, 0)
        : tokenizer.characters(text, tokens.from(), tokens.to() - 1);
  }

  /** How many tokens of a text fit behind a query. */
  public int room(QueryTokens query) {
    return limits.maxLength() - template.specials() - query.length();
  }

  /** How many tokens of a text always fit behind a query, however long that is. */
  public int room() {
    return limits.maxLength() - template.specials() - limits.maxQueryLength();
  }

  /** The limits given on opening. */
  public PairLimits limits() {
    return limits;
  }

  /** What the file says about its tokens. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
