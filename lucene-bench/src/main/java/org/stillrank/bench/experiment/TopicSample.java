/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.qrels.Qrels;

/** Some topics of a split with their judgements. */
record TopicSample(List<Topic> topics, Qrels qrels) {
  /** At most {@code count} topics, drawn with {@code seed}, in the order of the split. */
  static TopicSample drawn(List<Topic> topics, Qrels qrels, int count, long seed) {
    List<Topic> shuffled = new ArrayList<>(topics);
    Collections.shuffle(shuffled, new Random(seed));
    Set<Topic> chosen = new HashSet<>(shuffled.subList(0, Math.min(count, shuffled.size())));
    List<Topic> kept = topics.stream().filter(chosen::contains).toList();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    kept.forEach(topic -> grades.put(topic.id(), qrels.grades(topic.id())));
    return new TopicSample(kept, Qrels.of(grades));
  }
}
