/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.List;
import org.apache.lucene.search.Explanation;
import org.stillrank.plugin.scale.RelevanceScale;
import org.stillrank.reranker.scoring.ScoredPassage;

/**
 * How a hit got its score.
 *
 * @param combined with the first stage's
 * @param model what the model says, on the one scale
 */
record HitExplanation(float combined, Explanation model) {
  private static final int SHOWN_CHARACTERS = 200;

  static HitExplanation withoutText(float combined) {
    return new HitExplanation(
        combined,
        Explanation.match(RelevanceScale.WITHOUT_TEXT, "the document has no text in these fields"));
  }

  /**
   * @param passage that counts most
   * @param words the passage's text
   */
  static HitExplanation of(float combined, float rescored, ScoredPassage passage, String words) {
    String shown =
        words.length() <= SHOWN_CHARACTERS
            ? words
            : words.substring(0, words.offsetByCodePoints(0, SHOWN_CHARACTERS / 2)) + " …";
    return new HitExplanation(
        combined,
        Explanation.match(
            rescored,
            "max(s, 0) + min(e^s, 1) of the document's logit s",
            List.of(
                Explanation.match(
                    passage.logit(),
                    "logit of the passage that counts most of ["
                        + passage.scored()
                        + "] scored: tokens ["
                        + passage.span().from()
                        + "] to ["
                        + passage.span().to()
                        + "] of ["
                        + passage.textTokens()
                        + "], ["
                        + shown
                        + "]"))));
  }
}
