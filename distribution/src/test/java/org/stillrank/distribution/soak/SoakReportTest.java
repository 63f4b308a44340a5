/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.bench.load.Outcomes;
import org.stillrank.reranker.input.InvalidInputException;

/** What counts as having stood a long load. */
class SoakReportTest {
  private static final Outcomes FINE = new Outcomes(7, 2, 0, 0, Optional.empty());

  @Test
  void growthInTheFirstThreePartsIsSettling() {
    SoakReport report = report(Map.of(), 100, 500, 900, 1000, 1010, 1000, 1020, 1005, 1015, 1049);
    assertThat(report.growth()).isCloseTo(0.049, within(1e-9));
    assertThat(report.complaints()).isEmpty();
  }

  @Test
  void growthAfterwardsAndWhatIsLeftOpenAreComplaints() {
    SoakReport report =
        report(Map.of("tensor", 3), 900, 900, 900, 1000, 1010, 1000, 1020, 1005, 1015, 1100);
    assertThat(report.complaints())
        .containsExactly(
            "resident memory differs by 10.0 % after the settling, more than 5 %",
            "[3] of kind [tensor] are still open");
    assertThat(SoakTable.of(report))
        .contains("3 reloads of 2 files", "native resources left: {tensor=3}");
  }

  @Test
  void aSearchThatWasNotAnsweredIsAComplaint() {
    Outcomes trouble = new Outcomes(7, 0, 0, 1, Optional.of("connection reset"));
    SoakReport report =
        new SoakReport(List.of(new SoakPart(1, 5, trouble)), 0, List.of(), 0, 0, new TreeMap<>());
    assertThat(report.complaints()).containsExactly("a search was not answered: connection reset");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, 100, 20, [0.0] minutes are no load",
    "10, 1, 100, 20, [1] clients cannot ask in two ways",
    "10, 4, 0, 20, a window of [0] hits reranks nothing",
    "10, 4, 100, 0, [PT0S] between reloads is no time"
  })
  void settingsThatLoadNothingAreRefused(
      double minutes, int clients, int window, long reload, String message) {
    assertThatThrownBy(
            () -> new SoakSettings(minutes, clients, window, Duration.ofSeconds(reload), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static SoakReport report(Map<String, Integer> open, double... resident) {
    List<SoakPart> parts = new ArrayList<>();
    for (int i = 0; i < resident.length; i++) {
      parts.add(new SoakPart(i + 1, resident[i], FINE));
    }
    return new SoakReport(parts, 1, List.of("a", "b", "a"), 1, 1, new TreeMap<>(open));
  }
}
