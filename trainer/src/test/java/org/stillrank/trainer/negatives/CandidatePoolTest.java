/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

class CandidatePoolTest {

  @Test
  void unitesTheTopsOfAllRetrieversWithTheBestRanks() {
    CandidatePool pool =
        CandidatePool.of("q", List.of(run("a", "b", "c"), run("d", "a", "e")), 2, Set.of("b"));

    assertThat(pool.bestRanks()).containsOnlyKeys("a", "d");
    assertThat(pool.bestRanks()).containsEntry("a", 1).containsEntry("d", 1);
    assertThat(CandidatePool.of("unknown", List.of(run("a")), 2, Set.of()).bestRanks()).isEmpty();
  }

  @Test
  void drawsWithoutRepeatsAndNotMoreThanThereAre() {
    CandidatePool pool = CandidatePool.of("q", List.of(run("a", "b", "c")), 3, Set.of());

    assertThat(pool.draw(2, 1, new SplittableRandom(1))).hasSize(2).doesNotHaveDuplicates();
    assertThat(pool.draw(9, 1, new SplittableRandom(1))).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(pool.draw(3, 1, new SplittableRandom(7)))
        .isEqualTo(pool.draw(3, 1, new SplittableRandom(7)));
  }

  @Test
  void drawsInProportionToTheWeightOfTheRank() {
    CandidatePool pool = CandidatePool.of("q", List.of(run("a", "b", "c", "d")), 4, Set.of());

    // One draw of 1/rank: 1 : 1/2 : 1/3 : 1/4, so 12/25 for the first, 3/25 for the fourth.
    assertThat(share(pool, 1, "a")).isCloseTo(0.48, within(0.02));
    assertThat(share(pool, 1, "d")).isCloseTo(0.12, within(0.02));
    assertThat(share(pool, 0, "d")).isCloseTo(0.25, within(0.02));
  }

  private static double share(CandidatePool pool, double hardest, String document) {
    SplittableRandom random = new SplittableRandom(5);
    int draws = 10_000;
    int hits = 0;
    for (int i = 0; i < draws; i++) {
      hits += pool.draw(1, hardest, random).getFirst().equals(document) ? 1 : 0;
    }
    return (double) hits / draws;
  }

  private static Run run(String... documents) {
    List<ScoredDocument> ranking = new ArrayList<>();
    for (int i = 0; i < documents.length; i++) {
      ranking.add(new ScoredDocument(documents[i], 10 - i));
    }
    LinkedHashMap<String, List<ScoredDocument>> byTopic = new LinkedHashMap<>();
    byTopic.put("q", ranking);
    return new Run("r", byTopic);
  }
}
