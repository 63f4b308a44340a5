/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.apache.lucene.search.Explanation;
import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.passage.FoundPassage;

/**
 * How a hit got its score.
 *
 * @param combined with the first stage's
 * @param score what the model says, on the one scale
 * @param passage that counts most; null where the hit has no text
 */
record HitExplanation(float combined, float score, @Nullable FoundPassage passage) {
  /** What the model says. */
  Explanation model() {
    return passage == null
        ? Explanation.match(score, "the document has no text in these fields")
        : Explanation.match(
            score,
            "max(s, 0) + min(e^s, 1) of the document's logit s",
            Explanation.match(passage.logit(), "logit of " + passage));
  }
}
