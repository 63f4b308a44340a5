/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.ScoredPassage;
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
    return counted(() ->
        with(model -> {
          List<TextScore> scores = scored(texts(hits, model), model);
          float[] combined = new float[hits.length];
          for (int i = 0; i < hits.length; i++) {
            combined[i] = combined(hits[i], scores.get(i));
          }
          return combined;
        }));
  }

  /** Of one hit, with what it is made of. */
  HitExplanation explained(ScoreDoc hit) throws IOException {
    return counted(() ->
        with(model -> {
          Texts texts = texts(new ScoreDoc[] {hit}, model);
          TextScore score = scored(texts, model).getFirst();
          ScoredPassage passage = score.passage();
          return new HitExplanation(
              combined(hit, score),
              score.score(),
              passage == null
                  ? null
                  : FoundPassage.in(reader(model).written(hit.doc), passage, model));
        }));
  }

  /** What is done with a model that is held meanwhile. */
  private interface Use<T> {
    T apply(LoadedModel model) throws IOException;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private record Texts(List<@Nullable ScoredText> ofHits, long nanosReading) {}

  private <T> T counted(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException | RuntimeException e) {
      statistics().failed(FailureKind.of(e));
      throw e;
    }
  }

  private <T> T with(Use<T> use) throws IOException {
    LoadedModel model = context.services().models().acquire(context.clause().model());
    try (SearchThreadLimit.Place place = context.services().limit().enter()) {
      return use.apply(model);
    } finally {
      model.decRef();
    }
  }

  private ModelStatistics statistics() {
    return context.services().models().statistics(context.clause().model());
  }

  private Texts texts(ScoreDoc[] hits, LoadedModel model) throws IOException {
    long start = System.nanoTime();
    List<@Nullable ScoredText> texts =
        reader(model).of(Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray());
    return new Texts(texts, System.nanoTime() - start);
  }

  private HitTexts reader(LoadedModel model) {
    return context.texts(model, searcher.getIndexReader().leaves(), this::check);
  }

  private List<TextScore> scored(Texts texts, LoadedModel model) {
    return new TextScoring(context.clause(), context.services())
        .of(texts.ofHits(), model, texts.nanosReading(), this::check);
  }

  private float combined(ScoreDoc hit, TextScore score) {
    return context.clause().combination().of(hit.score, score.score());
  }

  private void check() {
    context.checkCancellation();
    deadline.check();
  }
}
