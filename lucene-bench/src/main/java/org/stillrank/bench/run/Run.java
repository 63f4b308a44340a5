/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What one system returned: for each topic its hits, best first. A topic without hits may be
 * missing or empty.
 */
public final class Run {
  private final String tag;
  private final LinkedHashMap<String, List<ScoredDocument>> rankings;

  /**
   * @param rankings topic id to hits in order of rank; copied
   */
  public Run(String tag, SequencedMap<String, List<ScoredDocument>> rankings) {
    this.tag = tag;
    this.rankings = new LinkedHashMap<>();
    for (Map.Entry<String, List<ScoredDocument>> each : rankings.entrySet()) {
      this.rankings.put(each.getKey(), List.copyOf(each.getValue()));
    }
  }

  /** The system's name, the last column of a run file. */
  public String tag() {
    return tag;
  }

  public SequencedSet<String> topics() {
    return Collections.unmodifiableSequencedSet(rankings.sequencedKeySet());
  }

  /** The hits for a topic, best first; empty when there are none. */
  public List<ScoredDocument> ranking(String topicId) {
    return rankings.getOrDefault(topicId, List.of());
  }
}
