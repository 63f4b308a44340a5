/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;

class EvaluationTest {
  private static final Measure RR = Measure.parse("RR");

  @Test
  void everyJudgedTopicCountsAndNoOther() {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put("unjudged", List.of(new ScoredDocument("d", 1)));
    rankings.put("found", List.of(new ScoredDocument("d", 1)));
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    grades.put("nohits", Map.of("d", 1));
    grades.put("found", Map.of("d", 1));

    Evaluation evaluation = Evaluation.of(List.of(RR), new Run("tag", rankings), Qrels.of(grades));

    assertThat(evaluation.perTopic(RR))
        .containsExactly(Map.entry("nohits", 0.0), Map.entry("found", 1.0));
    assertThat(evaluation.mean(RR)).isEqualTo(.5);
    assertThat(evaluation.measures()).containsExactly(RR);
  }

  @Test
  void refusesWhatHasNoAnswer() {
    Run run = new Run("tag", new LinkedHashMap<>());
    assertThatThrownBy(() -> Evaluation.of(List.of(RR), run, Qrels.of(Map.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("run [tag] cannot be measured: no topic has judgements; give qrels");
    Evaluation evaluation = Evaluation.of(List.of(RR), run, Qrels.of(Map.of("t", Map.of("d", 1))));
    assertThatThrownBy(() -> evaluation.perTopic(Measure.parse("AP")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[AP] was not measured");
  }
}
