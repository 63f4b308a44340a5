/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.teacher.Ensemble.Member;

class EnsembleTest {
  private static final TrainingList LIST =
      new TrainingList(
          "s",
          "q7",
          "a query",
          List.of(new Candidate("d1", "one"), new Candidate("d2", "two")),
          List.of(1, 0),
          null);

  private record Fixed(String description, @Nullable Double... values) implements Teacher {
    @Override
    public List<List<@Nullable Double>> scores(List<TrainingList> lists) {
      List<List<@Nullable Double>> rows = new ArrayList<>();
      lists.forEach(list -> rows.add(Arrays.asList(values)));
      return rows;
    }
  }

  @Test
  void sumsWeightedScores() throws IOException {
    Ensemble ensemble =
        new Ensemble(
            List.of(
                new Member(new Fixed("a", 0.5, 0.25), 20),
                new Member(new Fixed("b", 1.0, 8.0), 0.5)));

    assertThat(ensemble.scores(List.of(LIST))).containsExactly(List.of(10.5, 9.0));
    assertThat(ensemble.description()).isEqualTo("20.0 x a + 0.5 x b");
  }

  @Test
  void whatOneMemberDoesNotKnowIsUnknown() throws IOException {
    LinkedHashMap<String, List<ScoredDocument>> byTopic = new LinkedHashMap<>();
    byTopic.put("q7", List.of(new ScoredDocument("d2", 3)));
    Ensemble ensemble =
        new Ensemble(
            List.of(
                new Member(new RunTeacher(new Run("theirs", byTopic)), 2),
                new Member(new Fixed("a", 1.0, 1.0), 1)));

    assertThat(ensemble.scores(List.of(LIST)).getFirst()).containsExactly(null, 7.0);
  }

  @Test
  void refusesScoresThatAreNoNumbers() {
    Ensemble ensemble = new Ensemble(List.of(new Member(new Fixed("broken", 1.0, Double.NaN), 1)));

    assertThatThrownBy(() -> ensemble.scores(List.of(LIST)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the teacher [broken] scores the document [d2] of the query [q7] with [NaN]; repair or"
                + " remove this teacher");
  }
}
