/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.negatives;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/**
 * Exact nearest neighbours by cosine.
 *
 * @param documentIds the corpus
 * @param vectors one unit vector for each document
 */
public record DenseSearch(List<String> documentIds, List<float[]> vectors) {
  private static final Comparator<ScoredDocument> WORST_FIRST =
      Comparator.comparingDouble(ScoredDocument::score)
          .thenComparing(Comparator.comparing(ScoredDocument::docId).reversed());

  public DenseSearch {
    if (documentIds.size() != vectors.size()) {
      throw new IllegalArgumentException(
          documentIds.size() + " documents with " + vectors.size() + " vectors");
    }
  }

  /** The best {@code hits} documents of each topic; equal scores by document id. */
  public Run run(String tag, List<String> topicIds, List<float[]> queries, int hits) {
    List<List<ScoredDocument>> rankings =
        IntStream.range(0, topicIds.size())
            .parallel()
            .mapToObj(i -> ranking(queries.get(i), hits))
            .toList();
    LinkedHashMap<String, List<ScoredDocument>> byTopic = new LinkedHashMap<>();
    for (int i = 0; i < rankings.size(); i++) {
      byTopic.put(topicIds.get(i), rankings.get(i));
    }
    return new Run(tag, byTopic);
  }

  private List<ScoredDocument> ranking(float[] query, int hits) {
    PriorityQueue<ScoredDocument> best = new PriorityQueue<>(WORST_FIRST);
    for (int i = 0; i < vectors.size(); i++) {
      best.add(new ScoredDocument(documentIds.get(i), dot(query, vectors.get(i))));
      if (best.size() > hits) {
        best.poll();
      }
    }
    List<ScoredDocument> ranking = new ArrayList<>(best);
    ranking.sort(WORST_FIRST.reversed());
    return ranking;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
