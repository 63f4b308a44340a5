/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.objective.ListTargets;

class ExamplesTest {
  private static final int PASSES = 40;

  @TempDir private Path folder;

  @Test
  void theFirstPositiveStaysAndANegativeWithIt() throws IOException {
    List<Double> teacher = List.of(4.0, 3.0, 2.0, 1.0);
    Set<ListTargets> seen = new HashSet<>(drawn(List.of(1, 2, 1, 0), teacher, 2));
    assertThat(seen).containsExactly(new ListTargets(List.of(1, 0), List.of(4.0, 1.0)));
  }

  @Test
  void otherPositivesAreDrawnLikeAnyDocument() throws IOException {
    assertThat(drawn(List.of(1, 2, 0, 0), null, 3))
        .allSatisfy(targets -> assertThat(targets.grades()).startsWith(1).contains(0).hasSize(3))
        .anySatisfy(targets -> assertThat(targets.grades()).contains(2))
        .anySatisfy(targets -> assertThat(targets.grades()).containsExactly(1, 0, 0));
  }

  @Test
  void listsOfPositivesOnlyAndOfNoneStayWhatTheyAre() throws IOException {
    assertThat(drawn(List.of(1, 1, 1, 1), null, 2)).allMatch(targets -> targets.positives() == 2);
    assertThat(drawn(List.of(0, 0, 0, 0), null, 2)).allMatch(targets -> targets.positives() == 0);
  }

  @Test
  void aPositiveFurtherBackIsNeverLost() throws IOException {
    assertThat(drawn(List.of(0, 0, 1, 0), null, 2))
        .allSatisfy(targets -> assertThat(targets.grades()).containsExactly(1, 0));
  }

  /** What many passes over a single list of four documents show. */
  private List<ListTargets> drawn(List<Integer> grades, List<Double> teacher, int documents)
      throws IOException {
    TrainingList tiny = TinyTraining.lists(1).getFirst();
    TrainingList list =
        new TrainingList(
            tiny.source(), tiny.topicId(), tiny.query(), tiny.candidates(), grades, teacher);
    try (PairTokenizer tokenizer =
        PairTokenizer.open(TinyTraining.tokenizer(folder), new PairLimits(24, 8))) {
      Examples examples = new Examples(List.of(list), tokenizer, 1, documents, 7);
      return IntStream.range(0, PASSES)
          .mapToObj(step -> examples.ofStep(step).getFirst().targets())
          .toList();
    }
  }
}
