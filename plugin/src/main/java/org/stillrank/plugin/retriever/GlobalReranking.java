/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import java.util.Arrays;
import java.util.Collections;
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
import org.stillrank.plugin.slowlog.SlowRescoring;
import org.stillrank.plugin.statistics.FailureKind;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.ScoredPassage;
import org.stillrank.reranker.scoring.ScoredText;

/**
 * Scores a search's best hits on the coordinating node, away from its search threads. Whoever waits
 * is answered when the scores are there, when the time is over, or when a search is given up,
 * whichever is first, also while the window waits for a thread.
 */
public final class GlobalReranking extends RankFeaturePhaseRankCoordinatorContext {
  /** The pool that scores; see {@code _cat/thread_pool}. */
  public static final String THREADS = "stillrank_retriever";

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
    if (hits.length < firstStage.count()) {
      HeaderWarning.addWarning(
          "[cross_encoder] [{}] of [{}] hits are missing, for their shards failed to send their"
              + " texts",
          firstStage.count() - hits.length,
          firstStage.count());
    }
    SlowRescoring watched =
        SlowRescoring.ofRetriever(
            services.window(clause.model(), hits.length),
            services.slowRetrievers(),
            services.slowLog());
    ActionListener<float[]> answered =
        listener.delegateResponse((next, failure) -> {
          FailureKind kind = FailureKind.of(failure);
          services.models().statistics(clause.model()).failed(kind);
          watched.failed(kind);
          failed(hits, failure, next);
        });
    services
        .models()
        .load(
            clause.model(),
            answered.delegateFailureAndWrap((next, loaded) -> {
              Deadline deadline = services.policy().deadline(clause, 0);
              ActionListener<float[]> first = run.answeredOnce(next, deadline, services.threads());
              Cancellation cancellation =
                  () -> {
                    run.ensureWanted();
                    deadline.check();
                  };
              services
                  .threads()
                  .executor(THREADS)
                  .execute(ActionRunnable.supply(first, () -> scores(hits, cancellation, watched)));
            }));
  }

  private float[] scores(RankFeatureDoc[] hits, Cancellation cancellation, SlowRescoring watched) {
    cancellation.check();
    long start = System.nanoTime();
    LoadedModel model = services.models().acquire(clause.model());
    try {
      List<@Nullable ScoredText> texts = SentTexts.of(hits, clause, model);
      long nanosReading = System.nanoTime() - start;
      TextScoring.Scores scores = new TextScoring(clause, services).of(texts, model, cancellation);
      services
          .models()
          .statistics(clause.model())
          .reranked(Collections.frequency(texts, null), nanosReading, scores.scored());
      float[] values = new float[hits.length];
      for (int i = 0; i < values.length; i++) {
        TextScore score = scores.ofTexts().get(i);
        values[i] = score.combined(clause.combination(), firstStage.score(hits[i]));
        ScoredPassage passage = score.passage();
        if (clause.showPassages() && passage != null) {
          cancellation.check();
          String text = ((ScoredText.Written) texts.get(i)).text();
          run.found(hits[i], FoundPassage.in(text, passage, model));
        }
      }
      watched.ended(scores.scored());
      return values;
    } finally {
      model.decRef();
    }
  }

  private void failed(RankFeatureDoc[] hits, Exception failure, ActionListener<float[]> listener) {
    if (clause.onFailure() == OnFailure.FAIL || failure instanceof TaskCancelledException) {
      listener.onFailure(failure);
      return;
    }
    HeaderWarning.addWarning(
        "[cross_encoder] hits are in first-stage order: {}", failure.getMessage());
    ActionListener.completeWith(listener, () -> firstStageScores(hits));
  }

  /** The whole search is in one order, and the server takes no scores below 0 here. */
  private float[] firstStageScores(RankFeatureDoc[] hits) {
    float[] kept = new float[hits.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = firstStage.score(hits[i]);
    }
    return kept;
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
