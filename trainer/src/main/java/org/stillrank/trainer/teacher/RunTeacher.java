/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;

/**
 * Scores that someone made before, found by topic and document; those not in the run are unknown.
 */
public record RunTeacher(Run run) implements Teacher {

  @Override
  public String description() {
    return "run " + run.tag();
  }

  @Override
  public List<List<@Nullable Double>> scores(List<TrainingList> lists) {
    List<List<@Nullable Double>> scores = new ArrayList<>();
    for (TrainingList list : lists) {
      Map<String, Double> known = new HashMap<>();
      for (ScoredDocument hit : run.ranking(list.topicId())) {
        known.put(hit.docId(), hit.score());
      }
      List<@Nullable Double> row = new ArrayList<>();
      for (Candidate candidate : list.candidates()) {
        row.add(known.get(candidate.documentId()));
      }
      scores.add(row);
    }
    return scores;
  }
}
