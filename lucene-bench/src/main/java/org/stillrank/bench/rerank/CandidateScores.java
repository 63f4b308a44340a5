/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;

/**
 * A model's scores for the best hits of a first stage, kept apart from any order made of them: one
 * pass of the model serves every way to combine the two.
 *
 * @param byTopic topic id to the scores of its first hits, in the order of the first stage
 */
public record CandidateScores(Map<String, float[]> byTopic) {
  /** Scores every text. */
  public static CandidateScores of(
      CandidateTexts candidates, PairScorer scorer, Progress progress) {
    Map<String, float[]> scores = new LinkedHashMap<>();
    candidates
        .byTopic()
        .forEach((topic, texts) -> {
          scores.put(
              topic.id(), texts.isEmpty() ? new float[0] : scorer.score(topic.text(), texts));
          progress.step(texts.size());
        });
    return new CandidateScores(scores);
  }

  /** How many pairs the model will have to score. */
  public static long count(Run firstStage, List<Topic> topics, int depth) {
    return topics.stream()
        .mapToLong(topic -> CandidateTexts.candidates(firstStage, topic, depth).size())
        .sum();
  }
}
