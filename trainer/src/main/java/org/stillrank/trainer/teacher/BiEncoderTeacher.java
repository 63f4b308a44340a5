/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;

/** The cosine of query and passage as a bi-encoder sees them, -1 to 1. */
public record BiEncoderTeacher(Embeddings embeddings) implements Teacher {

  @Override
  public String description() {
    return embeddings.name();
  }

  @Override
  public List<List<@Nullable Double>> scores(List<TrainingList> lists) throws IOException {
    List<float[]> queries = embeddings.queries(lists.stream().map(TrainingList::query).toList());
    List<float[]> passages =
        embeddings.passages(
            lists.stream()
                .flatMap(list -> list.candidates().stream())
                .map(Candidate::passage)
                .toList());
    List<List<@Nullable Double>> scores = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < lists.size(); i++) {
      List<@Nullable Double> row = new ArrayList<>();
      for (int j = 0; j < lists.get(i).candidates().size(); j++) {
        row.add(cosine(queries.get(i), passages.get(next++)));
      }
      scores.add(row);
    }
    return scores;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
