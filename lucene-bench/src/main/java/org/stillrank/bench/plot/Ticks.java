/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Ticks {
  /** About so many are readable. */
  private static final int COUNT = 5;

  /** Over more decades than three, only powers of ten are readable. */
  private static final double CROWDED = 1e3;

  private static final double[] STEPS = {1, 2, 5, 10};

  /** Numbers beyond these are written with an exponent. */
  private static final double SMALLEST_PLAIN = 1e-3;

  private static final double LARGEST_PLAIN = 1e7;

  private Ticks() {}

  /** The distance of ticks over a range above 0: 1, 2 or 5 times a power of ten. */
  static double step(double range) {
    double decade = Math.pow(10, Math.floor(Math.log10(range / COUNT)));
    for (double each : STEPS) {
      if (range / (each * decade) <= COUNT) {
        return each * decade;
      }
    }
    throw new IllegalArgumentException("no step for a range of " + range);
  }

  /** Multiples of the step from one number to another, both included when they are multiples. */
  static List<Double> multiples(double step, double low, double high) {
    List<Double> ticks = new ArrayList<>();
    double tolerance = 1e-9;
    long first = (long) Math.ceil(low / step - tolerance);
    long last = (long) Math.floor(high / step + tolerance);
    for (long i = first; i <= last; i++) {
      ticks.add(rounded(i * step));
    }
    return ticks;
  }

  /** Powers of ten, and between them 2 and 5 times these where they are few. */
  static List<Double> decades(double low, double high) {
    List<Double> ticks = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    List<Integer> within = high / low <= CROWDED ? List.of(1, 2, 5) : List.of(1);
    for (int exponent = first; exponent <= last; exponent++) {
      for (int factor : within) {
        double tick = rounded(factor * Math.pow(10, exponent));
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** How each is written: evenly spaced ones with as many decimals each. */
  static List<String> words(List<Double> ticks, Scale scale) {
    int decimals =
        scale == Scale.LOGARITHMIC
            ? 0
            : ticks.stream().mapToInt(tick -> decimal(tick).scale()).max().orElse(0);
    return ticks.stream().map(tick -> word(tick, decimals)).toList();
  }

  private static String word(double tick, int decimals) {
    double size = Math.abs(tick);
    if (size > 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
      BigDecimal exact = decimal(tick);
      int exponent = exact.precision() - exact.scale() - 1;
      return exact.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
          + "e"
          + exponent;
    }
    int shown = Math.max(0, Math.max(decimals, decimal(tick).scale()));
    // Beside numbers with an exponent a plain 0 is enough.
    return tick == 0 && shown > 3 ? "0" : String.format(Locale.ROOT, "%,." + shown + "f", tick);
  }

  private static double rounded(double value) {
    return decimal(value).doubleValue();
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(10)).stripTrailingZeros();
  }
}
