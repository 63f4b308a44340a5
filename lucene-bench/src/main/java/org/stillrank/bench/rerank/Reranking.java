/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.bench.run.StrictOrder;

/**
 * Reorders the first hits of a run. What lies below the reranked depth follows in first-stage order
 * and with the first stage's gaps, moved down below the last reranked hit. Equal scores keep the
 * order of the first stage.
 */
public final class Reranking {
  private Reranking() {}

  /** The run that scores and first stage make together; it has the topics that were scored. */
  public static Run reorder(Run firstStage, CandidateScores scores, Blend blend, String tag) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    scores
        .byTopic()
        .forEach((topic, logits) ->
            rankings.put(topic, reorder(firstStage.ranking(topic), logits, blend)));
    return new Run(tag, rankings);
  }

  private static List<ScoredDocument> reorder(
      List<ScoredDocument> ranking, float[] logits, Blend blend) {
    double[] model = new double[logits.length];
    double[] first = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      model[i] = logits[i];
      first[i] = ranking.get(i).score();
    }
    double[] blended = blend.of(model, first);
    List<ScoredDocument> reranked = new ArrayList<>(ranking.size());
    for (int i = 0; i < logits.length; i++) {
      reranked.add(new ScoredDocument(ranking.get(i).docId(), blended[i]));
    }
    reranked.sort(Comparator.comparingDouble(ScoredDocument::score).reversed());
    if (logits.length > 0) {
      double shift = reranked.getLast().score() - ranking.get(logits.length - 1).score();
      for (ScoredDocument below : ranking.subList(logits.length, ranking.size())) {
        reranked.add(new ScoredDocument(below.docId(), below.score() + shift));
      }
    }
    return StrictOrder.of(reranked);
  }
}
