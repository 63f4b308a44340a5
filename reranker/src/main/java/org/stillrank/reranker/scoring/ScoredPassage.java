/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.scoring;

import org.stillrank.reranker.passage.Span;

/**
 * The passage of a text that counts most for its score.
 *
 * @param span its tokens, among those of the whole text
 * @param logit its own raw score
 * @param scored how many passages of the text were scored
 * @param textTokens tokens of the whole text
 */
public record ScoredPassage(Span span, float logit, int scored, int textTokens) {}
