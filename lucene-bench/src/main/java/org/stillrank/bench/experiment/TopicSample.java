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
    return of(topics.stream().filter(topic -> chosen.test(topic.id())).toList(), qrels);
  }

  /** Of the topics whose ids are chosen at most so many, spread evenly over the split. */
  static TopicSample of(List<Topic> topics, Qrels qrels, Predicate<String> chosen, int most) {
    return of(Topic.spread(of(topics, qrels, chosen).topics(), most), qrels);
  }

  private static TopicSample of(List<Topic> kept, Qrels qrels) {
    return new TopicSample(kept, qrels.ofTopics(kept.stream().map(Topic::id).toList()));
  }
}
