/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.List;
import java.util.function.Predicate;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.qrels.Qrels;

/** Some topics of a split with their judgements. */
record TopicSample(List<Topic> topics, Qrels qrels) {
  /** The topics whose ids are chosen, in the order of the split. */
  static TopicSample of(List<Topic> topics, Qrels qrels, Predicate<String> chosen) {
    List<Topic> kept = topics.stream().filter(topic -> chosen.test(topic.id())).toList();
    return new TopicSample(kept, qrels.ofTopics(kept.stream().map(Topic::id).toList()));
  }
}
