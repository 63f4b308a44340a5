/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against SciPy and statsmodels: {@code significance/fixtures.py} made the numbers. */
class SciPyAgreementTest {
  private static final int SAMPLES = 100_000;

  static Stream<JsonNode> cases() throws IOException {
    return fixtures("cases");
  }

  static Stream<JsonNode> holm() throws IOException {
    return fixtures("holm");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tTest(JsonNode fixture) {
    double expected = fixture.get("t_test_p").asDouble();

    assertThat(PairedTTest.pValue(sample(fixture))).isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void effectSize(JsonNode fixture) {
    assertThat(EffectSize.dz(sample(fixture)).orElseThrow())
        .isCloseTo(fixture.get("dz").asDouble(), within(1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void randomization(JsonNode fixture) {
    double expected = fixture.get("permutation_p").asDouble();

    RandomizationResult actual = new RandomizationTest(SAMPLES, 7).test(sample(fixture));

    if (fixture.get("permutation_exact").asBoolean()) {
      assertThat(actual.patterns()).isEqualTo(RandomizationResult.Patterns.ALL);
      assertThat(actual.pValue()).isCloseTo(expected, within(1e-12));
    } else {
      // Both are estimates; SciPy doubles the smaller tail, its observed pattern included.
      double resamples = fixture.get("permutation_resamples").asDouble();
      double variance = expected * (1 - expected) * (2 / resamples + 1.0 / SAMPLES);
      assertThat(actual.pValue())
          .isCloseTo(expected, within(4 * Math.sqrt(variance) + 1 / resamples));
    }
  }

  @ParameterizedTest
  @MethodSource("holm")
  void holmCorrection(JsonNode fixture) {
    assertThat(HolmCorrection.adjusted(doubles(fixture.get("p"))))
        .isEqualTo(doubles(fixture.get("adjusted")));
  }

  private static PairedSample sample(JsonNode fixture) {
    List<Double> baseline = doubles(fixture.get("baseline"));
    return new PairedSample(
        IntStream.range(0, baseline.size()).mapToObj(i -> "t" + i).toList(),
        baseline,
        doubles(fixture.get("system")));
  }

  private static List<Double> doubles(JsonNode array) {
    List<Double> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asDouble()));
    return values;
  }

  private static Stream<JsonNode> fixtures(String name) throws IOException {
    try (InputStream json =
        SciPyAgreementTest.class.getResourceAsStream("/significance/fixtures.json")) {
      JsonNode all = JsonMapper.builder().build().readTree(json);
      return StreamSupport.stream(all.get(name).spliterator(), false);
    }
  }
}
