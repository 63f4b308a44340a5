/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.model.LoadedModel;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoredText;
import org.stillrank.reranker.scoring.ScoringRequest;

/** A clause's model on the texts of hits, wherever these were read. */
public record TextScoring(Clause clause, RescoreServices services) {

  /**
   * What was found and what it took.
   *
   * @param ofTexts in their order
   * @param scored the effort
   */
  public record Scores(List<TextScore> ofTexts, Scored scored) {}

  /**
   * Scores, out of the cache what is there.
   *
   * @param texts null where a hit has none
   * @param model held by the caller
   */
  public Scores of(List<@Nullable ScoredText> texts, LoadedModel model, Cancellation cancellation) {
    List<ScoredText> filled = new ArrayList<>();
    for (ScoredText text : texts) {
      if (text != null) {
        filled.add(text);
      }
    }
    ScoringRequest request =
        new ScoringRequest(
            clause.query(), filled, clause.passages(), services.policy().tokenLimit());
    Scored scored = services.cache().score(model.identity(), request, cancellation, model::score);
    List<TextScore> scores = new ArrayList<>(texts.size());
    int next = 0;
    for (ScoredText text : texts) {
      if (text == null) {
        scores.add(TextScore.Without.TEXT);
      } else {
        scores.add(new TextScore.Judged(scored.logits()[next], scored.winners().get(next)));
        next++;
      }
    }
    return new Scores(scores, scored);
  }
}
