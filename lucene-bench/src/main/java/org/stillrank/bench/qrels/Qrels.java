/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.qrels;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Relevance judgements: topic → document → grade, in the order of their source.
 *
 * <p>A grade of 1 or more is relevant, 0 is judged and not relevant. A negative grade means, as in
 * trec_eval, that the document was in the pool and nobody judged it: it counts as unjudged.
 */
public final class Qrels {
  private final Map<String, Map<String, Integer>> gradesByTopic;

  private Qrels(Map<String, Map<String, Integer>> gradesByTopic) {
    this.gradesByTopic = gradesByTopic;
  }

  /** A copy of the map in its order. */
  public static Qrels of(Map<String, ? extends Map<String, Integer>> gradesByTopic) {
    Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
    gradesByTopic.forEach((topic, grades) ->
        copy.put(topic, Collections.unmodifiableMap(new LinkedHashMap<>(grades))));
    return new Qrels(Collections.unmodifiableMap(copy));
  }

  /** The topics with at least one line in the source, in its order. */
  public Set<String> topics() {
    return gradesByTopic.keySet();
  }

  /** Document → grade of one topic; empty when the topic has no judgements. */
  public Map<String, Integer> grades(String topic) {
    return gradesByTopic.getOrDefault(topic, Map.of());
  }

  /** The judgements of some topics, in their order. */
  public Qrels ofTopics(Collection<String> topics) {
    Map<String, Map<String, Integer>> kept = new LinkedHashMap<>();
    topics.forEach(topic -> kept.put(topic, grades(topic)));
    return of(kept);
  }

  /** How many judgements there are over all topics. */
  public int size() {
    return gradesByTopic.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * The judgements of documents that {@code corpus} does not have, by topic. They count against
   * recall like any relevant document that was not found, so a caller that holds the corpus should
   * ask for them.
   */
  public Qrels absentFrom(Set<String> corpus) {
    Map<String, Map<String, Integer>> absent = new LinkedHashMap<>();
    gradesByTopic.forEach((topic, grades) ->
        grades.forEach((document, grade) -> {
          if (!corpus.contains(document)) {
            absent.computeIfAbsent(topic, t -> new LinkedHashMap<>()).put(document, grade);
          }
        }));
    return of(absent);
  }
}
