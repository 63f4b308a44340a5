/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.stillrank.plugin.admission.SearchThreadLimit;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.scale.RelevanceScale;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.plugin.statistics.ModelStatistics;
import org.stillrank.reranker.scoring.Scored;

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
    try {
      return scored(hits);
    } catch (IOException | RuntimeException e) {
      statistics().failed(FailureKind.of(e));
      throw e;
    }
  }

  private ModelStatistics statistics() {
    return context.services().models().statistics(context.clause().model());
  }

  private float[] scored(ScoreDoc[] hits) throws IOException {
    LoadedModel model = context.services().models().acquire(context.clause().model());
    try (SearchThreadLimit.Place place = context.services().limit().enter()) {
      long start = System.nanoTime();
      List<String> passages =
          context
              .texts()
              .read(
                  searcher.getIndexReader().leaves(),
                  Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray(),
                  model.bundle().separator(),
                  this::check);
      return combined(hits, passages, model, System.nanoTime() - start);
    } finally {
      model.decRef();
    }
  }

  private float[] combined(
      ScoreDoc[] hits, List<String> passages, LoadedModel model, long nanosReading) {
    List<String> filled = new ArrayList<>();
    for (String passage : passages) {
      if (!passage.isEmpty()) {
        filled.add(passage);
      }
    }
    Scored scored = model.score(context.clause().query(), filled, this::check);
    statistics().reranked(hits.length - filled.size(), nanosReading, scored);
    float[] logits = scored.logits();
    float[] scores = new float[hits.length];
    int next = 0;
    for (int i = 0; i < hits.length; i++) {
      float rescored =
          passages.get(i).isEmpty()
              ? RelevanceScale.WITHOUT_TEXT
              : RelevanceScale.ofLogit(logits[next++]);
      scores[i] = context.clause().combination().of(hits[i].score, rescored);
    }
    return scores;
  }

  private void check() {
    context.checkCancellation();
    deadline.check();
  }
}
