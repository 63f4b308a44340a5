/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.logging.HeaderWarning;
import org.elasticsearch.search.rank.context.RankFeaturePhaseRankCoordinatorContext;
import org.elasticsearch.search.rank.feature.RankFeatureDoc;
import org.elasticsearch.tasks.TaskCancelledException;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.Deadline;
import org.stillrank.plugin.rescore.OnFailure;
import org.stillrank.plugin.rescore.RescoreServices;
import org.stillrank.plugin.rescore.TextScore;
import org.stillrank.plugin.rescore.TextScoring;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.passage.PassageText;
import org.stillrank.reranker.scoring.ScoredPassage;
import org.stillrank.reranker.scoring.ScoredText;

/** Scores a search's best hits on the coordinating node, away from its search threads. */
final class GlobalReranking extends RankFeaturePhaseRankCoordinatorContext {
  private final Clause clause;
  private final RescoreServices services;
  private final FirstStageHits firstStage;
  private final RetrieverRun run;

  GlobalReranking(
      int size,
      int from,
      int rankWindowSize,
      Clause clause,
      RescoreServices services,
      FirstStageHits firstStage,
      RetrieverRun run) {
    super(size, from, rankWindowSize, false);
    this.clause = clause;
    this.services = services;
    this.firstStage = firstStage;
    this.run = run;
  }

  @Override
  protected void computeScores(RankFeatureDoc[] hits, ActionListener<float[]> listener) {
    Deadline deadline = services.policy().deadline(clause);
    ActionListener<float[]> answered =
        ActionListener.wrap(listener::onResponse, failure -> failed(hits, failure, listener));
    services
        .models()
        .load(
            clause.model(),
            answered.delegateFailureAndWrap((next, loaded) ->
                services
                    .rerankThreads()
                    .execute(ActionRunnable.supply(next, () -> scores(hits, deadline)))));
  }

  private float[] scores(RankFeatureDoc[] hits, Deadline deadline) {
    long start = System.nanoTime();
    LoadedModel model = services.models().acquire(clause.model());
    try {
      String separator = model.bundle().separator();
      List<String> texts =
          Arrays.stream(hits)
              .map(hit ->
                  hit.featureData == null ? "" : PassageText.join(hit.featureData, separator))
              .toList();
      List<TextScore> scores =
          new TextScoring(clause, services)
              .of(written(texts), model, System.nanoTime() - start, () -> check(deadline));
      float[] values = new float[hits.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = scores.get(i).score();
        keepPassage(hits[i], texts.get(i), scores.get(i), model);
      }
      return values;
    } finally {
      model.decRef();
    }
  }

  private static List<@Nullable ScoredText> written(List<String> texts) {
    List<@Nullable ScoredText> written = new ArrayList<>();
    for (String text : texts) {
      written.add(text.isEmpty() ? null : new ScoredText.Written(text));
    }
    return written;
  }

  private void keepPassage(RankFeatureDoc hit, String text, TextScore score, LoadedModel model) {
    ScoredPassage passage = score.passage();
    if (clause.showPassages() && passage != null) {
      run.found(hit, FoundPassage.in(text, passage, model));
    }
  }

  private void check(Deadline deadline) {
    run.ensureWanted();
    deadline.check();
  }

  private void failed(RankFeatureDoc[] hits, Exception failure, ActionListener<float[]> listener) {
    services.models().statistics(clause.model()).failed(FailureKind.of(failure));
    if (clause.onFailure() == OnFailure.FAIL || failure instanceof TaskCancelledException) {
      listener.onFailure(failure);
      return;
    }
    HeaderWarning.addWarning(
        "[cross_encoder] hits are in first-stage order: {}", failure.getMessage());
    // The whole search is in one order, and the server takes no scores below 0 here.
    float[] kept = new float[hits.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = firstStage.score(hits[i]);
    }
    listener.onResponse(kept);
  }

  /** By score, and equal ones as the first stage has them. */
  @Override
  public RankFeatureDoc[] rankAndPaginate(RankFeatureDoc[] hits, boolean reranked) {
    RankFeatureDoc[] sorted = preprocess(hits, reranked).clone();
    Arrays.sort(
        sorted,
        Comparator.<RankFeatureDoc>comparingDouble(hit -> -hit.score)
            .thenComparingInt(firstStage::place));
    int begin = Math.min(from, sorted.length);
    RankFeatureDoc[] page =
        Arrays.copyOfRange(sorted, begin, Math.min(begin + size, sorted.length));
    for (int i = 0; i < page.length; i++) {
      page[i].rank = begin + i + 1;
    }
    return page;
  }
}
