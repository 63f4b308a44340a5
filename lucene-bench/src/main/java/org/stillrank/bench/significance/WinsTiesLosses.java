/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.significance;

/** On how many topics the system is above, level with and below the baseline. */
public record WinsTiesLosses(int wins, int ties, int losses) {
  /**
   * @param tolerance differences up to this count as ties, 0 or more
   */
  public static WinsTiesLosses of(PairedSample sample, double tolerance) {
    int wins = 0;
    int losses = 0;
    for (double difference : sample.differences()) {
      if (difference > tolerance) {
        wins++;
      } else if (difference < -tolerance) {
        losses++;
      }
    }
    return new WinsTiesLosses(wins, sample.topics().size() - wins - losses, losses);
  }
}
