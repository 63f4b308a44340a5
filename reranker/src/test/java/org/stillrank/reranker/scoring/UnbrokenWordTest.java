/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.QueryTokens;
import org.stillrank.testing.SharedFiles;

/** A word of 100,000 letters where it is thousands of tokens: byte-level BPE and Unigram. */
class UnbrokenWordTest {
  private static final int LETTERS = 100_000;
  private static final String QUERY = "why do bees wait";
  private static final Windows WINDOWS =
      new Windows(20, 10, 3, Selection.LEXICAL, Aggregation.max());

  private static final String WORD =
      new Random(8)
          .ints(LETTERS, 'a', 'z' + 1)
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  @Test
  void itsWindowsAreScored() throws IOException {
    try (CrossEncoder encoder =
        CrossEncoder.open(TinyModels.bundle("roberta-one-output"), ScoringOptions.defaults())) {
      Scored scored =
          encoder.measured(
              ScoringRequest.of(QUERY, List.of(WORD, "gas"), WINDOWS, TokenLimit.none()),
              Cancellation.NONE);
      assertThat(scored.logits()[0]).isFinite();
      assertThat(scored.logits()[1])
          .isEqualTo(encoder.score(QUERY, List.of("gas"), Cancellation.NONE)[0]);
      ScoredPassage winner = scored.winners().getFirst();
      assertThat(winner.textTokens()).isGreaterThan(LETTERS / 10);
      assertThat(winner.scored()).isEqualTo(3);
      assertThat(winner.span().length()).isEqualTo(20);
      assertThat(encoder.characters(WORD, winner.span()).of(WORD)).hasSizeBetween(20, 200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"roberta-base", "t5-small"})
  void itsTokensAreTheTokenizersOwnAndStandWhereTheyAre(String name) throws IOException {
    Path file = SharedFiles.shared("tokenizers/" + name + "/tokenizer.json");
    try (PairTokenizer tokenizer = PairTokenizer.open(file, new PairLimits(96, 64));
        HuggingFaceTokenizer oracle =
            HuggingFaceTokenizer.builder()
                .optTokenizerPath(file)
                .optTruncation(false)
                .optPadding(false)
                .optAddSpecialTokens(false)
                .build()) {
      int[] ids = tokenizer.text(WORD);
      assertThat(Arrays.stream(ids).asLongStream().toArray())
          .containsExactly(oracle.encode(WORD).getIds());
      assertThat(ids).hasSizeBetween(LETTERS / 10, LETTERS);
      int middle = ids.length / 2;
      CharacterSpan before = tokenizer.characters(WORD, new Span(0, middle));
      CharacterSpan behind = tokenizer.characters(WORD, new Span(middle, ids.length));
      assertThat(before.of(WORD) + behind.of(WORD)).isEqualTo(WORD);
      QueryTokens query = tokenizer.query(QUERY);
      assertThat(WINDOWS.spans(query.ids(), ids))
          .hasSize(3)
          .allMatch(span -> tokenizer.pair(query, ids, span).length() > span.length());
    }
  }
}
