/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

/** One topic's value in the baseline and in the system compared with it. */
public record TopicChange(String topic, double baseline, double system) {
  /** System minus baseline. */
  public double change() {
    return system - baseline;
  }
}
