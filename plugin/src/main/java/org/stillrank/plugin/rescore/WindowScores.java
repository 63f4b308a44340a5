/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.scale.RelevanceScale;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoredPassage;
import org.stillrank.reranker.scoring.ScoringRequest;

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
          List<HitScore> scores = scored(hits, model);
          float[] combined = new float[hits.length];
          for (int i = 0; i < hits.length; i++) {
            combined[i] = scores.get(i).combined();
          }
          return combined;
        }));
  }

  /** Of one hit, with what it is made of. */
  HitExplanation explained(ScoreDoc hit) throws IOException {
    return counted(() ->
        with(model -> {
          HitScore score = scored(new ScoreDoc[] {hit}, model).getFirst();
          ScoredPassage passage = score.passage();
          return passage == null
              ? HitExplanation.withoutText(score.combined())
              : HitExplanation.of(
                  score.combined(),
                  score.rescored(),
                  passage,
                  model.characters(score.text(), passage.span()).of(score.text()));
        }));
  }

  /** What is done with a model that is held meanwhile. */
  private interface Use<T> {
    T apply(LoadedModel model) throws IOException;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private record HitScore(
      float combined, float rescored, String text, @Nullable ScoredPassage passage) {}

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

  private List<HitScore> scored(ScoreDoc[] hits, LoadedModel model) throws IOException {
    long start = System.nanoTime();
    List<String> texts =
        context
            .texts()
            .read(
                searcher.getIndexReader().leaves(),
                Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray(),
                model.bundle().separator(),
                this::check);
    long nanosReading = System.nanoTime() - start;
    List<String> filled = texts.stream().filter(text -> !text.isEmpty()).toList();
    ScoringRequest request =
        new ScoringRequest(
            context.clause().query(),
            filled,
            context.clause().passages(),
            context.services().policy().tokenLimit());
    Scored scored =
        context.services().cache().score(model.identity(), request, this::check, model::score);
    statistics().reranked(hits.length - filled.size(), nanosReading, scored);
    return combined(hits, texts, scored);
  }

  private List<HitScore> combined(ScoreDoc[] hits, List<String> texts, Scored scored) {
    List<HitScore> scores = new ArrayList<>(hits.length);
    int next = 0;
    for (int i = 0; i < hits.length; i++) {
      String text = texts.get(i);
      boolean read = !text.isEmpty();
      float rescored =
          read ? RelevanceScale.ofLogit(scored.logits()[next]) : RelevanceScale.WITHOUT_TEXT;
      scores.add(
          new HitScore(
              context.clause().combination().of(hits[i].score, rescored),
              rescored,
              text,
              read ? scored.winners().get(next++) : null));
    }
    return scores;
  }

  private void check() {
    context.checkCancellation();
    deadline.check();
  }
}
