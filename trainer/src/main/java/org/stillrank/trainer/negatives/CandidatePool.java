/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.negatives;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/**
 * The documents that retrievers put near the top for a topic, each with its best rank. More than
 * one retriever, because what one alone never shows the student is what it will be fooled by.
 *
 * @param bestRanks document to its best rank, from 1
 */
public record CandidatePool(Map<String, Integer> bestRanks) {

  /**
   * @param excluded documents that are judged for the topic
   */
  public static CandidatePool of(String topicId, List<Run> runs, int depth, Set<String> excluded) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (Run run : runs) {
      List<ScoredDocument> ranking = run.ranking(topicId);
      for (int i = 0; i < Math.min(depth, ranking.size()); i++) {
        if (!excluded.contains(ranking.get(i).docId())) {
          ranks.merge(ranking.get(i).docId(), i + 1, Math::min);
        }
      }
    }
    return new CandidatePool(ranks);
  }

  /**
   * Draws without replacement, a document of rank r with weight {@code r^-hardest}; the order is
   * random too.
   *
   * @return at most {@code count} document ids
   */
  public List<String> draw(int count, double hardest, RandomGenerator random) {
    // Efraimidis and Spirakis 2006: the smallest of -ln(u)/w are a weighted sample.
    Map<String, Double> keys = new LinkedHashMap<>();
    bestRanks.forEach(
        (id, rank) -> keys.put(id, -Math.log(1 - random.nextDouble()) * Math.pow(rank, hardest)));
    List<String> drawn =
        new ArrayList<>(
            keys.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList());
    for (int i = drawn.size() - 1; i > 0; i--) {
      Collections.swap(drawn, i, random.nextInt(i + 1));
    }
    return drawn;
  }
}
