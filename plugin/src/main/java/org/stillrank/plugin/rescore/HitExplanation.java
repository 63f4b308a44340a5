/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.apache.lucene.search.Explanation;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.FoundPassage;

/**
 * How a hit got its score.
 *
 * @param combined with the first stage's
 * @param score what the model says
 * @param passage that counts most; null where the hit has no text, or the index keeps none
 */
record HitExplanation(float combined, TextScore score, @Nullable FoundPassage passage) {
  /** What the model says. */
  Explanation model() {
    return switch (score) {
      case TextScore.Without nothing ->
          Explanation.match(score.score(), "the document has no text in these fields");
      case TextScore.Judged judged ->
          Explanation.match(
              score.score(),
              "max(s, 0) + min(e^s, 1) of the document's logit s",
              Explanation.match(
                  judged.logit(),
                  "logit s",
                  Explanation.match(
                      judged.passage().logit(),
                      "logit of "
                          + (passage == null
                              ? "the passage that counts most of ["
                                  + judged.passage().scored()
                                  + "] scored, whose text the index does not keep"
                              : passage))));
    };
  }
}
