/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/**
 * A model's scores for the best hits of a first stage, kept apart from any order made of them: one
 * pass of the model serves every way to combine the two.
 *
 * @param byTopic topic id to the scores of its first hits, in the order of the first stage
 */
public record CandidateScores(Map<String, float[]> byTopic) {
  /**
   * Scores the first {@code depth} hits of every topic.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException if a hit is not in the collection
   */
  public static CandidateScores of(
      Run firstStage,
      List<Topic> topics,
      int depth,
      BeirCollection collection,
      PairScorer scorer,
      Progress progress)
      throws IOException {
    Set<String> wanted = new HashSet<>();
    for (Topic topic : topics) {
      candidates(firstStage, topic, depth).forEach(hit -> wanted.add(hit.docId()));
    }
    Map<String, Document> documents = collection.documents(wanted);
    Map<String, float[]> scores = new LinkedHashMap<>();
    for (Topic topic : topics) {
      List<String> passages = new ArrayList<>();
      for (ScoredDocument hit : candidates(firstStage, topic, depth)) {
        Document document = documents.get(hit.docId());
        if (document == null) {
          throw new IllegalStateException("[" + hit.docId() + "] was asked for and not returned");
        }
        passages.add(document.passage());
      }
      scores.put(
          topic.id(), passages.isEmpty() ? new float[0] : scorer.score(topic.text(), passages));
      progress.step(passages.size());
    }
    return new CandidateScores(scores);
  }

  /** How many pairs the model will have to score. */
  public static long count(Run firstStage, List<Topic> topics, int depth) {
    return topics.stream().mapToLong(topic -> candidates(firstStage, topic, depth).size()).sum();
  }

  private static List<ScoredDocument> candidates(Run firstStage, Topic topic, int depth) {
    List<ScoredDocument> ranking = firstStage.ranking(topic.id());
    return ranking.subList(0, Math.min(depth, ranking.size()));
  }
}
