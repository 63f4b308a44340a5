/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

class RunAgreementTest {
  @Test
  void countsWhatMovedAndWhatIsMissing() {
    assertThat(RunAgreement.of(run("a", "b", "c"), run("a", "b", "c")))
        .isEqualTo(new RunAgreement(3, 0, 0, 0));
    assertThat(RunAgreement.of(run("a", "b", "c", "d"), run("a", "c", "b")))
        .isEqualTo(new RunAgreement(4, 2, 1, 1));
    assertThat(RunAgreement.of(run("a"), new Run("none", new LinkedHashMap<>())))
        .isEqualTo(new RunAgreement(1, 0, 1, 0));
  }

  private static Run run(String... documents) {
    List<ScoredDocument> hits = new ArrayList<>();
    for (String each : documents) {
      hits.add(new ScoredDocument(each, 10 - hits.size()));
    }
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put("1", hits);
    return new Run("t", rankings);
  }
}
