/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two systems' values of one measure on the same topics.
 *
 * @param topics at least two
 * @param baseline one value per topic
 * @param system one value per topic
 */
public record PairedSample(List<String> topics, List<Double> baseline, List<Double> system) {
  public PairedSample {
    topics = List.copyOf(topics);
    baseline = List.copyOf(baseline);
    system = List.copyOf(system);
    if (topics.size() < 2 || topics.size() != baseline.size() || topics.size() != system.size()) {
      throw new IllegalArgumentException(
          "[" + topics.size() + "] topics cannot be compared; two or more with two values each");
    }
  }

  /** Pairs two maps topic → value in the order of the first; both must have the same topics. */
  public static PairedSample of(Map<String, Double> baseline, Map<String, Double> system) {
    if (!baseline.keySet().equals(system.keySet())) {
      throw new IllegalArgumentException("the two systems were measured on different topics");
    }
    List<Double> paired = new ArrayList<>();
    baseline.keySet().forEach(topic -> paired.add(system.get(topic)));
    return new PairedSample(List.copyOf(baseline.keySet()), List.copyOf(baseline.values()), paired);
  }

  /** System minus baseline, per topic. */
  public double[] differences() {
    double[] differences = new double[topics.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = system.get(i) - baseline.get(i);
    }
    return differences;
  }

  /** Whether some topics differ by more or less than others. */
  boolean varies() {
    return Arrays.stream(differences()).distinct().count() > 1;
  }
}
