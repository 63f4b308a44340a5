/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Aggregation.Kind;
import org.stillrank.reranker.passage.CharacterSpan;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.passage.Windows;
import org.stillrank.reranker.tokenization.PairTokenizer;

/** Long texts by their passages; the passages' own scores come from texts that are only that. */
class PassageScoringTest {
  private static final String QUERY = "why do bees wait";

  /** Each is one token. */
  private static final List<String> WORDS =
      List.of("the", "and", "water", "ships", "ice", "bees", "winter", "old", "cold", "copper");

  private CrossEncoder encoder;

  @BeforeEach
  void open() throws IOException {
    encoder = CrossEncoder.open(TinyModels.bundle("bert-one-output"), ScoringOptions.defaults());
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aTextsScoreIsMadeOfThoseOfItsWindows(Kind kind) {
    List<String> words = words(50);
    float[] ofWindows =
        encoder.score(
            QUERY,
            List.of(
                String.join(" ", words.subList(0, 20)),
                String.join(" ", words.subList(15, 35)),
                String.join(" ", words.subList(30, 50))),
            Cancellation.NONE);
    Aggregation aggregation = new Aggregation(kind, 2);
    Scored scored =
        measured(
            List.of("gas", String.join(" ", words), "ice"),
            new Windows(20, 15, 9, Selection.NONE, aggregation));
    assertThat(scored.logits()[1]).isEqualTo(aggregation.of(ofWindows), within(1e-5f));
    assertThat(scored.logits()[0])
        .isEqualTo(encoder.score(QUERY, List.of("gas"), Cancellation.NONE)[0], within(1e-5f));
    assertThat(scored.passages()).isEqualTo(5);
    ScoredPassage winner = scored.winners().get(1);
    int best = aggregation.winner(ofWindows);
    assertThat(winner.span()).isEqualTo(new Span(15 * best, 15 * best + 20));
    assertThat(winner.logit()).isEqualTo(ofWindows[best], within(1e-5f));
    assertThat(winner.scored()).isEqualTo(3);
    assertThat(winner.textTokens()).isEqualTo(50);
  }

  @Test
  void beforeEachWindowTheModelReadsTheLead() {
    List<String> words = words(48);
    List<String> asRead = new ArrayList<>(List.of(String.join(" ", words.subList(0, 20))));
    for (int from : new int[] {20, 34}) {
      List<String> window = new ArrayList<>(words.subList(0, 6));
      window.addAll(words.subList(from, from + 14));
      asRead.add(String.join(" ", window));
    }
    Scored alone = measured(asRead, Passages.beginning());
    for (Kind kind : Kind.values()) {
      Aggregation aggregation = new Aggregation(kind, 2);
      Scored scored =
          measured(
              List.of(String.join(" ", words)),
              new Windows(20, 6, 14, 9, Selection.NONE, aggregation));
      assertThat(scored.logits()[0]).isEqualTo(aggregation.of(alone.logits()), within(1e-5f));
      assertThat(scored.tokens()).isEqualTo(alone.tokens());
    }
  }

  @Test
  void onlySelectedWindowsAreScored() {
    String text = "ice ".repeat(300) + "why do bees wait " + "ice ".repeat(300);
    Scored scored =
        measured(List.of(text), new Windows(10, 10, 1, Selection.LEXICAL, Aggregation.max()));
    assertThat(scored.passages()).isEqualTo(1);
    assertThat(scored.winners().getFirst().span()).isEqualTo(new Span(300, 310));
  }

  @Test
  void aBeginningIsScoredAsFarAsTheModelReads() {
    List<String> words = words(300);
    Scored scored = measured(List.of(String.join(" ", words)), Passages.beginning());
    assertThat(scored.queueNanos()).isBetween(1L, scored.modelNanos());
    assertThat(scored.logits())
        .containsExactly(
            encoder.score(
                QUERY, List.of(String.join(" ", words.subList(0, 96))), Cancellation.NONE));
    ScoredPassage read = scored.winners().getFirst();
    assertThat(read.scored()).isEqualTo(1);
    assertThat(read.span().length()).isBetween(80, 92);
    assertThat(read.textTokens()).isEqualTo(300);
    assertThat(scored.tokens()).isEqualTo(96);
  }

  @Test
  void tokenIdsScoreAsTheTextsTheyAreOf() throws IOException {
    List<String> texts = List.of(String.join(" ", words(60)), "", "gas", "bees wait 漢字");
    List<ScoredText> mixed = new ArrayList<>();
    ModelBundle bundle = TinyModels.bundle("bert-one-output");
    try (PairTokenizer tokenizer = PairTokenizer.open(bundle.tokenizerFile(), bundle.limits())) {
      List<int[]> ids = texts.stream().map(tokenizer::text).toList();
      for (int i = 0; i < texts.size(); i++) {
        mixed.add(new ScoredText.Tokenised(ids.get(i)));
        mixed.add(new ScoredText.Written(texts.get(i)));
      }
    }
    ScoringRequest request = new ScoringRequest(QUERY, mixed, windows(20), TokenLimit.none());
    float[] logits = encoder.measured(request, Cancellation.NONE).logits();
    float[] written = measured(texts, windows(20)).logits();
    for (int i = 0; i < written.length; i++) {
      assertThat(logits[2 * i]).isEqualTo(written[i]);
      assertThat(logits[2 * i + 1]).isEqualTo(written[i]);
    }
  }

  @Test
  void moreTokensThanAllowedAreRefusedBeforeTheModelRuns() {
    ScoringRequest request =
        ScoringRequest.of(
            QUERY,
            List.of(String.join(" ", words(200)), "gas"),
            new Windows(20, 20, 4, Selection.NONE, Aggregation.max()),
            new TokenLimit("most", 100));
    assertThatThrownBy(() -> encoder.measured(request, Cancellation.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "scoring \\[\\d] of the texts takes \\[\\d+] tokens already, and \\[most] is \\[100];.*");
    assertThatThrownBy(() -> new TokenLimit("most", 0)).hasMessage("[most] is [0]; give 1 or more");
  }

  @Test
  void windowsLongerThanWhatIsLeftBesideAQueryAreRefused() {
    assertThat(measured(List.of("gas"), windows(29)).logits()).hasSize(1);
    assertThatThrownBy(() -> measured(List.of("gas"), windows(30)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("[length] is [30]", "reads only [29]", "give [29] or less");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000", "😀", "漢字 😀😀😀 ", "שלום עולם ", "مرحبا بالعالم "})
  void anyTextHasAScore(String text) {
    for (int copies : new int[] {1, 100}) {
      assertThat(measured(List.of(text.repeat(copies), "gas"), windows(20)).logits()[0]).isFinite();
    }
  }

  @Test
  void aPassageIsFoundInItsText() {
    String text = "😀 Water, " + "ice ".repeat(30) + "why do Bees wait? 漢字 " + "ice ".repeat(30);
    Scored scored =
        measured(List.of(text), new Windows(5, 1, 1, Selection.LEXICAL, Aggregation.max()));
    Span span = scored.winners().getFirst().span();
    assertThat(encoder.characters(text, span).of(text)).contains("why do Bees wait");
    assertThat(encoder.characters(text, new Span(0, 2)).of(text)).isEqualTo("😀 Water");
    assertThat(encoder.characters("", new Span(0, 0)).of("")).isEmpty();
  }

  @Test
  void oneWordOfAHundredThousandLettersIsRead() {
    Scored scored = measured(List.of("a".repeat(100_000) + " bees wait"), windows(20));
    assertThat(scored.logits()[0]).isFinite();
    assertThat(scored.winners().getFirst().textTokens()).isLessThan(20);
  }

  @Test
  void ofFiveMegabytesTheFirstMillionCharactersAreRead() {
    String text = "ice ".repeat(1_250_000) + "bees";
    Scored scored = measured(List.of(text, "gas"), windows(20));
    assertThat(scored.winners().getFirst().textTokens()).isEqualTo(250_000);
    assertThat(scored.passages()).isEqualTo(3);
  }

  /** Byte-level tokenizers would read the half as a token, and it would be shown to people. */
  @Test
  void readingEndsBeforeACharacterThatDoesNotFit() throws IOException {
    String read = "ice ".repeat(249_999) + "bee";
    String text = read + "😀 and more";
    try (CrossEncoder roberta =
        CrossEncoder.open(TinyModels.bundle("roberta-one-output"), ScoringOptions.defaults())) {
      int tokens =
          roberta
              .measured(QUERY, List.of(text), Cancellation.NONE)
              .winners()
              .getFirst()
              .textTokens();
      CharacterSpan last = roberta.characters(text, new Span(tokens - 5, tokens));
      assertThat(last.of(text)).endsWith("bee");
    }
    assertThat(ScoredText.beginning(text)).isEqualTo(read);
    assertThat(ScoredText.beginning(read + "s and more")).isEqualTo(read + "s");
  }

  @Test
  void tokenisingLongTextsIsGivenUpBetweenThem() {
    String text = "ice ".repeat(250_000);
    int[] asked = new int[1];
    assertThatThrownBy(() ->
            encoder.measured(
                ScoringRequest.of(
                    QUERY, List.of(text, text, text, text), windows(20), TokenLimit.none()),
                () -> {
                  if (++asked[0] == 2) {
                    throw new CancellationException("given up");
                  }
                }))
        .hasMessage("given up");
  }

  private Scored measured(List<String> texts, Passages passages) {
    return encoder.measured(
        ScoringRequest.of(QUERY, texts, passages, TokenLimit.none()), Cancellation.NONE);
  }

  private static Windows windows(int length) {
    return new Windows(length, length, 2, Selection.LEXICAL, Aggregation.max());
  }

  private static List<String> words(int count) {
    Random random = new Random(count);
    return IntStream.range(0, count)
        .mapToObj(word -> WORDS.get(random.nextInt(WORDS.size())))
        .toList();
  }
}
