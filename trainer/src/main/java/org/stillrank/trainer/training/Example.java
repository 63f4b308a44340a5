/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * A training list as the encoder reads it, the relevant document first.
 *
 * @param name source, topic and document ids, for messages
 * @param pairs the query with each document
 * @param teacherScores one for each pair, or null without a teacher
 */
record Example(String name, List<TokenPair> pairs, @Nullable List<Double> teacherScores) {
  Example {
    pairs = List.copyOf(pairs);
    teacherScores = teacherScores == null ? null : List.copyOf(teacherScores);
  }
}
