/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Property(tries = 500)
  void aFewRoundNumbersEquallyFarApart(
      @ForAll @DoubleRange(min = 1, max = 10) double size,
      @ForAll @IntRange(min = -8, max = 8) int exponent,
      @ForAll @DoubleRange(min = -100, max = 100) double offset) {
    double range = size * Math.pow(10, exponent);
    double low = offset * range;
    Axis axis = Axis.between("x", low, low + range);
    assertThat(axis.ticks()).hasSizeBetween(2, 6);
    double step = axis.ticks().get(1) - axis.ticks().get(0);
    double leading = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-6));
    assertThat(List.of(1.0, 2.0, 5.0)).anyMatch(each -> Math.abs(each - leading) < 1e-2);
    for (int i = 0; i < axis.ticks().size(); i++) {
      double tick = axis.ticks().get(i);
      assertThat(axis.share(tick)).isBetween(-1e-6, 1 + 1e-6);
      assertThat(tick).isCloseTo(axis.ticks().get(0) + i * step, within(step * 1e-2));
    }
  }

  @Property(tries = 500)
  void everyValueIsBetweenTheEnds(
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double one,
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double other) {
    List<Double> values = List.of(one, other);
    for (Axis axis : List.of(Axis.around("y", values), Axis.fitting("y", values))) {
      assertThat(values)
          .allSatisfy(value -> assertThat(axis.share(value)).isBetween(-1e-9, 1 + 1e-9));
    }
  }

  @Test
  void ratesBeginAtNoughtAndMeasuresDoNot() {
    assertThat(Axis.fromZero("y", List.of(17.0, 22.6)).ticks())
        .containsExactly(0.0, 5.0, 10.0, 15.0, 20.0, 25.0);
    assertThat(Axis.around("y", List.of(.7046, .7242)).ticks())
        .containsExactly(.7, .705, .71, .715, .72, .725);
  }

  @Test
  void valuesFarApartGetALogarithm() {
    Axis axis = Axis.fitting("loss", List.of(.2, 10.0));
    assertThat(axis.scale()).isEqualTo(Scale.LOGARITHMIC);
    assertThat(axis.ticks()).containsExactly(.2, .5, 1.0, 2.0, 5.0, 10.0);
    assertThat(axis.share(Math.sqrt(2))).isCloseTo(.5, within(1e-9));
    assertThat(Axis.fitting("loss", List.of(1e-4, 10.0)).ticks())
        .containsExactly(1e-4, 1e-3, 1e-2, .1, 1.0, 10.0);
    assertThat(Axis.fitting("loss", List.of(0.0, 10.0)).scale()).isEqualTo(Scale.LINEAR);
    assertThat(Axis.fitting("loss", List.of(-1.0, 10.0)).low()).isLessThanOrEqualTo(-1);
  }

  @Test
  void oneValueAloneHasRoom() {
    assertThat(Axis.around("y", List.of(.5)).share(.5)).isBetween(.2, .8);
    assertThat(Axis.around("y", List.of(0.0)).share(0)).isBetween(.2, .8);
    assertThat(Axis.fromZero("y", List.of(0.0)).high()).isEqualTo(1);
    assertThat(Axis.between("x", 0, 0).high()).isEqualTo(1);
  }

  @Test
  void numbersAreShort() {
    assertThat(Ticks.words(List.of(0.0, 500.0, 1000.0, 1500.0), Scale.LINEAR))
        .containsExactly("0", "500", "1,000", "1,500");
    assertThat(Ticks.words(List.of(.7, .705, .71), Scale.LINEAR))
        .containsExactly("0.700", "0.705", "0.710");
    assertThat(Ticks.words(List.of(0.0, 2e-5, 4e-5), Scale.LINEAR))
        .containsExactly("0", "2e-5", "4e-5");
    assertThat(Ticks.words(List.of(0.0, 5e-6, 1e-5, 1.5e-5), Scale.LINEAR))
        .containsExactly("0", "5e-6", "1e-5", "1.5e-5");
    assertThat(Ticks.words(List.of(.1, .2, 1.0, 10.0, 1000.0), Scale.LOGARITHMIC))
        .containsExactly("0.1", "0.2", "1", "10", "1,000");
    assertThat(Ticks.words(List.of(-5.0, 0.0, 5.0), Scale.LINEAR)).containsExactly("-5", "0", "5");
  }
}
