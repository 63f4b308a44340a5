/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.trainer.decontamination.ProtectedQueries.Verdict;

class ProtectedQueriesTest {
  private final ProtectedQueries tests =
      ProtectedQueries.of(
          List.of("a b c d e f g", "Aspirin inhibits the production of PGE2.", "zinc ﬁnger"));

  @ParameterizedTest
  @CsvSource({
    // a..g has the sequences abcde, bcdef, cdefg.
    "A b; C d - e f g!,EQUAL",
    // 3 shared of 4: 0.75
    "a b c d e f g x,NEAR",
    // 2 shared of 4: exactly one half is not above it
    "a b c d e f x,CLEAN",
    // 3 shared of 6
    "x y z a b c d e f g,CLEAN",
    // 3 shared of 5
    "y z a b c d e f g,NEAR",
    "g f e d c b a,CLEAN",
    "aspirin  inhibits the production of pge2,EQUAL",
    "Aspirin inhibits the production of PGE2 in vitro,CLEAN",
    "Aspirin inhibits the production of PGE2 strongly,NEAR",
    // The ligature is one with its letters.
    "Zinc finger,EQUAL",
    "zinc,CLEAN",
    "'',CLEAN"
  })
  void comparesWordsAndSequencesOfFive(String query, Verdict expected) {
    assertThat(tests.check(query)).isEqualTo(expected);
  }

  @Test
  void aTextBelowFiveWordsIsComparedWhole() {
    assertThat(ProtectedQueries.of(List.of("one two three")).check("one two three four five six"))
        .isEqualTo(Verdict.CLEAN);
  }
}
