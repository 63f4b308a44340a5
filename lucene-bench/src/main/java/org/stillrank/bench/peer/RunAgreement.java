/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/**
 * How far two runs are the same.
 *
 * @param hits of the first run
 * @param moved hits that have another rank in the second
 * @param missing hits that the second lacks
 * @param scoreDifference the largest between the two scores of a hit
 */
public record RunAgreement(long hits, long moved, long missing, double scoreDifference) {
  static RunAgreement of(Run one, Run two) {
    long hits = 0;
    long moved = 0;
    long missing = 0;
    double difference = 0;
    for (String topic : one.topics()) {
      List<ScoredDocument> first = one.ranking(topic);
      List<ScoredDocument> second = two.ranking(topic);
      Map<String, Integer> ranks = new HashMap<>();
      for (int rank = 0; rank < second.size(); rank++) {
        ranks.put(second.get(rank).docId(), rank);
      }
      for (int rank = 0; rank < first.size(); rank++) {
        hits++;
        Integer there = ranks.get(first.get(rank).docId());
        if (there == null) {
          missing++;
        } else {
          moved += there == rank ? 0 : 1;
          difference =
              Math.max(difference, Math.abs(first.get(rank).score() - second.get(there).score()));
        }
      }
    }
    return new RunAgreement(hits, moved, missing, difference);
  }
}
