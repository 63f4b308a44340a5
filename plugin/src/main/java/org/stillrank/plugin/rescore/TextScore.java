/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.jspecify.annotations.Nullable;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.reranker.scale.RelevanceScale;
import org.stillrank.reranker.scoring.ScoredPassage;

/** What a model says about a text. */
public sealed interface TextScore {
  /** There is no text to say something about. */
  enum Without implements TextScore {
    TEXT
  }

  /**
   * @param logit of the whole text
   * @param passage that counts most
   */
  record Judged(float logit, ScoredPassage passage) implements TextScore {}

  /** On the one scale. */
  default float score() {
    return switch (this) {
      case Without nothing -> RelevanceScale.WITHOUT_TEXT;
      case Judged judged -> RelevanceScale.ofLogit(judged.logit);
    };
  }

  /** With the first stage's score. */
  default float combined(Combination combination, float firstStageScore) {
    return switch (this) {
      case Without nothing -> combination.withoutText(firstStageScore);
      case Judged judged -> combination.of(firstStageScore, judged.logit);
    };
  }

  /** Null where there is no text. */
  default @Nullable ScoredPassage passage() {
    return this instanceof Judged judged ? judged.passage : null;
  }
}
