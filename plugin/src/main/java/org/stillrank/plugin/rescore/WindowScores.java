/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.slowlog.SlowRescoring;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.Niceness;
import org.stillrank.reranker.scoring.ScoredText;

/** The scores of some hits of a shard: texts read, scored, put on the one scale, combined. */
final class WindowScores {
  private final CrossEncoderContext context;
  private final IndexSearcher searcher;
  private final Deadline deadline;

  WindowScores(CrossEncoderContext context, IndexSearcher searcher) {
    this.context = context;
    this.searcher = searcher;
    this.deadline = context.deadline();
  }

  /** In the order of the hits. */
  float[] of(ScoreDoc[] hits) throws IOException {
    SlowRescoring watched = context.watch(hits.length);
    try {
      TextScoring.Scores scores = scored(hits);
      float[] combined = new float[hits.length];
      for (int i = 0; i < hits.length; i++) {
        combined[i] = combined(hits[i], scores.ofTexts().get(i));
      }
      watched.ended(scores.scored());
      return combined;
    } catch (IOException | RuntimeException e) {
      FailureKind kind = FailureKind.of(e);
      statistics().failed(kind);
      watched.failed(kind);
      throw e;
    }
  }

  private TextScoring.Scores scored(ScoreDoc[] hits) throws IOException {
    LoadedModel model = context.services().models().acquire(context.clause().model());
    try (SearchThreadLimit.Place place = context.ticket().enter()) {
      long start = System.nanoTime();
      List<@Nullable ScoredText> texts = read(hits, model);
      long nanosReading = System.nanoTime() - start;
      TextScoring.Scores scores = scoring().of(texts, model, this::check);
      statistics().reranked(Collections.frequency(texts, null), nanosReading, scores.scored());
      return scores;
    } finally {
      model.decRef();
    }
  }

  /**
   * Reading takes longer than all else that a search thread would do for a window, and is not more
   * urgent than the model.
   */
  private List<@Nullable ScoredText> read(ScoreDoc[] hits, LoadedModel model) throws IOException {
    int[] documents = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    Niceness niceness = context.services().models().schedule().niceness();
    try {
      return niceness.during(
          "stillrank-read",
          () -> {
            try {
              return reader(model, () -> checkAndGiveWay(niceness)).of(documents);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Of one hit, with what it is made of. As a rule its score is in the cache; so it takes no place
   * among those that rerank, and is not counted as a window.
   */
  HitExplanation explained(ScoreDoc hit) throws IOException {
    return alone(
        hit,
        (texts, score) ->
            new HitExplanation(
                combined(hit, score),
                score,
                texts.areWritten() ? texts.found(hit.doc, score).orElse(null) : null));
  }

  /**
   * Of one hit, the passage that counts most; none where it has no text.
   *
   * @throws IllegalArgumentException where the index keeps no texts
   */
  Optional<FoundPassage> passage(int document) throws IOException {
    return alone(new ScoreDoc(document, 0), (texts, score) -> texts.found(document, score));
  }

  private <T> T alone(ScoreDoc hit, OfOne<T> what) throws IOException {
    LoadedModel model = context.services().models().acquire(context.clause().model());
    try {
      HitTexts texts = reader(model, this::check);
      TextScore score =
          scoring().of(texts.of(new int[] {hit.doc}), model, this::check).ofTexts().getFirst();
      return what.of(texts, score);
    } finally {
      model.decRef();
    }
  }

  @FunctionalInterface
  private interface OfOne<T> {
    T of(HitTexts texts, TextScore score) throws IOException;
  }

  private ModelStatistics statistics() {
    return context.services().models().statistics(context.clause().model());
  }

  private TextScoring scoring() {
    return new TextScoring(context.clause(), context.services());
  }

  private HitTexts reader(LoadedModel model, Runnable between) {
    return context.texts(model, searcher.getIndexReader().leaves(), between);
  }

  private float combined(ScoreDoc hit, TextScore score) {
    return score.combined(context.clause().combination(), hit.score);
  }

  private void checkAndGiveWay(Niceness niceness) {
    check();
    niceness.giveWay();
  }

  private void check() {
    context.checkCancellation();
    deadline.check();
  }
}
