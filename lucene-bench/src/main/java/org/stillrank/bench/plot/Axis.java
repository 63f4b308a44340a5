/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.plot;

import java.util.List;

/**
 * One side of a plot.
 *
 * @param label what it shows, with its unit
 * @param low value at its beginning
 * @param high value at its end, above {@code low}
 * @param ticks where numbers stand, from low to high
 */
public record Axis(String label, Scale scale, double low, double high, List<Double> ticks) {
  /** Where the largest is more than so many times the smallest, small ones need a logarithm. */
  private static final double WIDE = 20;

  public Axis {
    ticks = List.copyOf(ticks);
    if (!(low < high)) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
  }

  /** From one value to another, neither rounded; steps of a training. */
  public static Axis between(String label, double low, double high) {
    double end = high > low ? high : low + 1;
    return new Axis(
        label, Scale.LINEAR, low, end, Ticks.multiples(Ticks.step(end - low), low, end));
  }

  /** From 0 to above the largest value, none below 0; rates. */
  public static Axis fromZero(String label, List<Double> values) {
    double highest = highest(values);
    return linear(label, 0, highest > 0 ? highest : 1);
  }

  /** From below the smallest to above the largest value; measures. */
  public static Axis around(String label, List<Double> values) {
    double low = lowest(values);
    double high = highest(values);
    double room = low < high ? 0 : low == 0 ? 1 : Math.abs(low) / 10;
    return linear(label, low - room, high + room);
  }

  /** Logarithmic where values above 0 lie far apart, otherwise from 0, or around negative ones. */
  public static Axis fitting(String label, List<Double> values) {
    double low = lowest(values);
    double high = highest(values);
    if (low > 0 && high / low > WIDE) {
      return new Axis(label, Scale.LOGARITHMIC, low, high, Ticks.decades(low, high));
    }
    return low < 0 ? around(label, values) : fromZero(label, values);
  }

  private static Axis linear(String label, double low, double high) {
    double step = Ticks.step(high - low);
    double first = Math.floor(low / step) * step;
    double last = Math.ceil(high / step) * step;
    return new Axis(label, Scale.LINEAR, first, last, Ticks.multiples(step, first, last));
  }

  private static double lowest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  private static double highest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }

  /** Where a value stands, 0 at the beginning and 1 at the end. */
  double share(double value) {
    double start = scale.place(low);
    return (scale.place(value) - start) / (scale.place(high) - start);
  }
}
