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
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.Rescorer;
import org.stillrank.reranker.scale.RelevanceScale;

/**
 * Reranks the window of one shard, in new {@link ScoreDoc}s. The incoming ones go below every
 * reranked hit in the end: after a search timeout, here or in a later clause, the server returns
 * the first stage's.
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
    try {
      return new TopDocs(
          firstStage.totalHits,
          ours.orFirstStage(
              () -> ranked(window, new WindowScores(ours, searcher).of(window)),
              failure -> {
                HeaderWarning.addWarning(
                    "[cross_encoder] hits are in first-stage order: {}", failure.getMessage());
                return FirstStageOrder.of(window);
              }));
    } finally {
      FirstStageOrder.applyTo(firstStage.scoreDocs);
    }
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
    float first = firstStage.getValue().floatValue();
    return ours.orFirstStage(
        () -> {
          HitExplanation hit =
              new WindowScores(ours, searcher).explained(new ScoreDoc(document, first));
          return Explanation.match(
              hit.combined(),
              clause.combination().explained("model [" + clause.model() + "] on " + clause.read()),
              List.of(firstStage, hit.model()));
        },
        failure ->
            Explanation.match(
                RelevanceScale.ofFirstStage(first),
                "score in first-stage order; as reranked it cannot be explained: "
                    + failure.getMessage(),
                firstStage));
  }
}
