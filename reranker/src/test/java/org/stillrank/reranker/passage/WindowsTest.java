/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

class WindowsTest {
  private static final int[] QUERY = {7, 8};

  @Test
  void aShortTextIsOneWindowHoweverShort() {
    assertThat(windows(10, 5, 9, Selection.LEXICAL).spans(QUERY, new int[0]))
        .containsExactly(new Span(0, 0));
    assertThat(windows(10, 5, 9, Selection.NONE).spans(QUERY, new int[10]))
        .containsExactly(new Span(0, 10));
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "10, 5", "10, 1", "7, 3", "1, 1"})
  void windowsAreWholeCoverEveryTokenAndEndWithTheText(int length, int stride) {
    for (int tokens = length + 1; tokens < 60; tokens++) {
      List<Span> spans =
          windows(length, stride, 1000, Selection.NONE).spans(QUERY, new int[tokens]);
      assertThat(spans).allMatch(span -> span.length() == length).doesNotHaveDuplicates();
      assertThat(spans.getFirst().from()).isZero();
      assertThat(spans.getLast().to()).isEqualTo(tokens);
      for (int i = 1; i < spans.size(); i++) {
        assertThat(spans.get(i).from() - spans.get(i - 1).from()).isBetween(1, stride);
      }
    }
  }

  @Test
  void withoutSelectionTheFirstWindowsAreScored() {
    assertThat(windows(4, 2, 3, Selection.NONE).spans(QUERY, new int[100]))
        .containsExactly(new Span(0, 4), new Span(2, 6), new Span(4, 8));
  }

  @Test
  void theWindowsWithTheQuerysTokensAreSelectedInTheOrderOfTheText() {
    int[] text = new int[40];
    text[25] = 7;
    text[26] = 8;
    text[5] = 8;
    assertThat(windows(10, 10, 1, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(20, 30));
    assertThat(windows(10, 10, 2, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(0, 10), new Span(20, 30));
  }

  @Test
  void aRareTokenCountsMoreThanOneOfEveryWindow() {
    int[] text = IntStream.range(0, 40).map(at -> at % 10 < 5 ? 7 : 0).toArray();
    text[39] = 8;
    assertThat(windows(10, 10, 1, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(30, 40));
  }

  @Test
  void ofOverlappingWindowsOnlyTheBetterIsSelectedWhileThereAreOthers() {
    int[] text = new int[40];
    text[20] = 7;
    text[21] = 8;
    assertThat(windows(10, 5, 2, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(0, 10), new Span(15, 25));
    assertThat(windows(30, 5, 2, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(0, 30), new Span(5, 35));
  }

  @Test
  void withoutTheQuerysTokensTheFirstWindowsAreSelected() {
    assertThat(windows(10, 10, 2, Selection.LEXICAL).spans(QUERY, new int[50]))
        .containsExactly(new Span(0, 10), new Span(10, 20));
  }

  @ParameterizedTest
  @CsvSource({"10, 3, 7", "10, 3, 2", "10, 9, 1", "7, 1, 3"})
  void aLeadIsPartOfEachWindowAndEveryTokenIsStillCovered(int length, int lead, int stride) {
    for (int tokens = length + 1; tokens < 60; tokens++) {
      List<Span> spans =
          led(length, lead, stride, 1000, Selection.NONE).spans(QUERY, new int[tokens]);
      assertThat(spans.getFirst()).isEqualTo(new Span(0, length));
      assertThat(spans.getLast().to()).isEqualTo(tokens);
      assertThat(spans.subList(1, spans.size()))
          .allMatch(span -> span.length() == length - lead && span.from() > lead);
      for (int i = 1; i < spans.size(); i++) {
        assertThat(spans.get(i).to() - spans.get(i - 1).to()).isBetween(1, stride);
      }
    }
    assertThat(led(length, lead, stride, 1, Selection.NONE).spans(QUERY, new int[length]))
        .containsExactly(new Span(0, length));
  }

  @Test
  void wordsOfTheLeadSelectNoWindowForTheyStandBeforeAll() {
    int[] text = new int[40];
    text[0] = 7;
    text[1] = 7;
    text[2] = 8;
    text[33] = 8;
    assertThat(led(12, 4, 8, 1, Selection.LEXICAL).spans(QUERY, text))
        .containsExactly(new Span(28, 36));
  }

  @Test
  void aMeanOfMoreThanThereAreIsRefused() {
    assertThatThrownBy(() ->
            new Windows(8, 8, 2, Selection.NONE, new Aggregation(Aggregation.Kind.TOP_K_MEAN, 3)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[top_k] is [3], more than the [max] of [2]");
  }

  /** Every token begins a window, and every token is the query's: it must not take minutes. */
  @Test
  @Timeout(20)
  void aVeryLongTextIsSelectedFromInTime() {
    int[] text = IntStream.range(0, 250_000).map(at -> at % 2 + 7).toArray();
    assertThat(windows(96, 1, 1000, Selection.LEXICAL).spans(QUERY, text)).hasSize(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, '[length] is [0]; give 1 or more'",
    "8, 0, 1, '[stride] is [0]; give 1 or more'",
    "8, 8, 0, '[max] is [0]; give 1 or more'",
    "8, 8, 1001, '[max] is [1001]; give [1000] or less'",
    "8, 9, 1, '[stride] is [9], more than [length] of [8]'"
  })
  void windowsThatCannotBeAreRefused(int length, int stride, int max, String message) {
    assertThatThrownBy(() -> windows(length, stride, max, Selection.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "8, -1, 1, '[lead] is [-1]; give from 0 to less than [length] of [8]'",
    "8, 8, 1, '[lead] is [8]; give from 0 to less than [length] of [8]'",
    "8, 3, 6, '[stride] is [6], more than [length] of [8] less [lead] of [3], so'"
  })
  void leadsThatCannotBeAreRefused(int length, int lead, int stride, String message) {
    assertThatThrownBy(() -> led(length, lead, stride, 1, Selection.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static Windows led(int length, int lead, int stride, int max, Selection selection) {
    return new Windows(length, lead, stride, max, selection, Aggregation.max());
  }

  private static Windows windows(int length, int stride, int max, Selection selection) {
    return new Windows(length, stride, max, selection, Aggregation.max());
  }
}
