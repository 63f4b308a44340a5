/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/** An information need: its id in qrels and runs, and the query put to the search engine. */
public record Topic(String id, String text) {
  /**
   * So many topics spread evenly over a list; all of a shorter one.
   *
   * @throws InvalidInputException if {@code count} is below 1
   */
  public static List<Topic> spread(List<Topic> topics, int count) {
    if (count < 1) {
      throw new InvalidInputException("[" + count + "] queries measure nothing; give at least 1");
    }
    int step = Math.max(1, topics.size() / count);
    List<Topic> chosen = new ArrayList<>();
    for (int i = 0; i < topics.size() && chosen.size() < count; i += step) {
      chosen.add(topics.get(i));
    }
    return chosen;
  }
}
