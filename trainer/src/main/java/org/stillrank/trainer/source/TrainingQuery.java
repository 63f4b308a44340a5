/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import java.util.List;
import java.util.Map;
import org.stillrank.trainer.example.Candidate;

/**
 * A query with what is known to be relevant.
 *
 * @param id unique within its source
 * @param text what the student reads as the query
 * @param relevant the passages that answer it, as they are shown, at least one
 * @param grades every judged document of the query, relevant or not, none of which is a negative
 */
public record TrainingQuery(
    String id, String text, List<Candidate> relevant, Map<String, Integer> grades) {
  public TrainingQuery {
    relevant = List.copyOf(relevant);
    grades = Map.copyOf(grades);
  }
}
