/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import org.stillrank.bench.load.LoadSettings;
import picocli.CommandLine.Option;

/** How long a server is asked before anything that it does is measured. */
final class SettleOption {
  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      description =
          "Before anything is measured, for each search: a server that has just begun is slow, and"
              + " so are others beside it.",
      defaultValue = "15")
  private double seconds;

  /**
   * 0 or more.
   *
   * @throws org.stillrank.reranker.input.InvalidInputException when it is no time
   */
  double seconds() {
    LoadSettings.requireSettle(seconds);
    return seconds;
  }
}
