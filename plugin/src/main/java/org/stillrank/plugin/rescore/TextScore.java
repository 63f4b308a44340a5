/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.scoring.ScoredPassage;

/**
 * What a model says about a text.
 *
 * @param score on the one scale
 * @param passage that counts most; null where there is no text
 */
public record TextScore(float score, @Nullable ScoredPassage passage) {}
