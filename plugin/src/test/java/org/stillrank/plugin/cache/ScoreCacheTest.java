/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.junit.jupiter.api.Test;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Span;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoredPassage;
import org.stillrank.reranker.scoring.ScoredText;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

class ScoreCacheTest {
  private final ScoreCache cache = new ScoreCache(ByteSizeValue.ofMb(1));
  private final List<String> computed = new ArrayList<>();

  @Test
  void onlyNewTextsAreComputedAndEveryScoreStandsAtItsText() {
    assertThat(score("m", "q", "a", "bb").logits()).containsExactly(1, 2);
    Scored second = score("m", "q", "ccc", "bb", "dddd", "a", "ccc");
    assertThat(second.logits()).containsExactly(3, 2, 4, 1, 3);
    assertThat(second.winners().stream().map(ScoredPassage::textTokens))
        .containsExactly(3, 2, 4, 1, 3);
    assertThat(second.tokens()).isEqualTo(3 + 4 + 3);
    assertThat(computed).containsExactly("a", "bb", "ccc", "dddd", "ccc");
    assertThat(score("m", "q").logits()).isEmpty();
    assertThat(cache.statistics().entries()).isEqualTo(4);
    assertThat(cache.statistics().hits()).isEqualTo(2);
    assertThat(cache.statistics().misses()).isEqualTo(5);
    assertThat(cache.statistics().bytes()).isEqualTo(4 * ScoreCache.BYTES_OF_ENTRY);
  }

  @Test
  void whateverAScoreDependsOnIsInItsKey() {
    score("m", "q", "a");
    score("n", "q", "a");
    score("m", "p", "a");
    score("mq", "", "a");
    Passages windows = PassageOptions.parse("length=9");
    cache.score("m", request("q", windows, "a"), Cancellation.NONE, this::lengths);
    assertThat(computed).hasSize(5);
    score("m", "q", "a");
    cache.score("m", request("q", windows, "a"), Cancellation.NONE, this::lengths);
    assertThat(computed).hasSize(5);
  }

  @Test
  void itsSizeIsBoundedAndMayBeNothing() {
    cache.resize(ByteSizeValue.ofBytes(10 * ScoreCache.BYTES_OF_ENTRY));
    for (int i = 1; i <= 100; i++) {
      score("m", "q", "x".repeat(i));
    }
    assertThat(cache.statistics().entries()).isEqualTo(10);
    assertThat(cache.statistics().evictions()).isEqualTo(90);
    cache.resize(ByteSizeValue.ZERO);
    assertThat(score("m", "q", "a", "a").logits()).containsExactly(1, 1);
    assertThat(score("m", "q", "a").tokens()).isEqualTo(1);
    assertThat(cache.statistics()).isEqualTo(new ScoreCacheStatistics(0, 0, 0, 0, 0, 0));
  }

  @Test
  void whatFailsKeepsNothing() {
    assertThatThrownBy(() ->
            cache.score(
                "m",
                request("q", Passages.beginning(), "a"),
                Cancellation.NONE,
                (request, cancellation) -> {
                  throw new CancellationException("given up");
                }))
        .hasMessage("given up");
    assertThat(cache.statistics().entries()).isZero();
    assertThat(score("m", "q", "a").logits()).containsExactly(1);
  }

  /** Models of one name follow each other while searches go on; sizes change meanwhile. */
  @Test
  void noSearchGetsAnotherModelsScore() throws Exception {
    List<Callable<Void>> searches = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int model = 1 + thread % 2;
      searches.add(() -> {
        for (int round = 0; round < 2000; round++) {
          String[] texts = IntStream.rangeClosed(1, 5).mapToObj("y"::repeat).toArray(String[]::new);
          Scored scored =
              cache.score(
                  "model " + model,
                  request("q", Passages.beginning(), texts),
                  Cancellation.NONE,
                  (request, cancellation) -> times(model, request));
          assertThat(scored.logits())
              .containsExactly(model, 2 * model, 3 * model, 4 * model, 5 * model);
          if (round % 100 == 0) {
            cache.resize(ByteSizeValue.ofKb(1 + round));
          }
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(searches.size())) {
      for (Future<Void> each : threads.invokeAll(searches)) {
        each.get();
      }
    }
  }

  private Scored score(String model, String query, String... texts) {
    return cache.score(
        model, request(query, Passages.beginning(), texts), Cancellation.NONE, this::lengths);
  }

  private static ScoringRequest request(String query, Passages passages, String... texts) {
    return ScoringRequest.of(query, List.of(texts), passages, TokenLimit.none());
  }

  private Scored lengths(ScoringRequest request, Cancellation cancellation) {
    request.texts().forEach(each -> computed.add(written(each)));
    return times(1, request);
  }

  /** The score of a text is its length, so many times. */
  private static Scored times(int factor, ScoringRequest request) {
    float[] logits = new float[request.texts().size()];
    List<ScoredPassage> winners = new ArrayList<>();
    long tokens = 0;
    for (int i = 0; i < logits.length; i++) {
      int length = written(request.texts().get(i)).length();
      logits[i] = factor * length;
      winners.add(new ScoredPassage(new Span(0, length), logits[i], 1, length));
      tokens += length;
    }
    return new Scored(logits, winners, logits.length, logits.length, tokens, tokens, 1, 0, 0, 0);
  }

  private static String written(ScoredText text) {
    return ((ScoredText.Written) text).text();
  }
}
