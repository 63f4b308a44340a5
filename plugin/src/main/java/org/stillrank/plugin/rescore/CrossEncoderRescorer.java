/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.elasticsearch.common.logging.HeaderWarning;
import org.elasticsearch.search.internal.ContextIndexSearcher.TimeExceededException;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;
import org.elasticsearch.tasks.TaskCancelledException;

/**
 * Reranks the window of one shard. Incoming {@link ScoreDoc}s are the first stage's: new ones are
 * made when all scores are known, and only a search timeout, after which the server returns the
 * incoming ones, moves them below every reranked hit.
 */
final class CrossEncoderRescorer implements Rescorer {
  static final CrossEncoderRescorer INSTANCE = new CrossEncoderRescorer();

  private CrossEncoderRescorer() {}

  @Override
  public TopDocs rescore(TopDocs firstStage, IndexSearcher searcher, RescoreContext context)
      throws IOException {
    CrossEncoderContext ours = (CrossEncoderContext) context;
    ScoreDoc[] window =
        Arrays.copyOf(
            firstStage.scoreDocs, Math.min(ours.getWindowSize(), firstStage.scoreDocs.length));
    ours.setRescoredDocs(
        Arrays.stream(window).map(hit -> hit.doc).collect(Collectors.toUnmodifiableSet()));
    float[] scores;
    try {
      scores = new WindowScores(ours, searcher).of(window);
    } catch (TimeExceededException e) {
      FirstStageOrder.applyTo(firstStage.scoreDocs);
      throw e;
    } catch (TaskCancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (ours.clause().onFailure() == OnFailure.FAIL) {
        throw e;
      }
      HeaderWarning.addWarning("[cross_encoder] hits are in first-stage order: {}", e.getMessage());
      return new TopDocs(firstStage.totalHits, FirstStageOrder.of(window));
    }
    return new TopDocs(firstStage.totalHits, ranked(window, scores));
  }

  /** By score, then as the first stage had them, then by document. */
  private static ScoreDoc[] ranked(ScoreDoc[] window, float[] scores) {
    return IntStream.range(0, window.length)
        .mapToObj(place ->
            new Place(
                place, new ScoreDoc(window[place].doc, scores[place], window[place].shardIndex)))
        .sorted(
            Comparator.comparingDouble((Place each) -> -each.hit.score)
                .thenComparingInt(Place::firstStage)
                .thenComparingInt(each -> each.hit.doc))
        .map(Place::hit)
        .toArray(ScoreDoc[]::new);
  }

  private record Place(int firstStage, ScoreDoc hit) {}

  @Override
  public Explanation explain(
      int document, IndexSearcher searcher, RescoreContext context, Explanation firstStage)
      throws IOException {
    if (firstStage == null || !firstStage.isMatch()) {
      return firstStage;
    }
    CrossEncoderContext ours = (CrossEncoderContext) context;
    Clause clause = ours.clause();
    HitExplanation hit =
        new WindowScores(ours, searcher)
            .explained(new ScoreDoc(document, firstStage.getValue().floatValue()));
    return Explanation.match(
        hit.combined(),
        clause.combination().explained("model [" + clause.model() + "] on " + clause.read()),
        List.of(firstStage, hit.model()));
  }
}
