/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.Locale;
import org.stillrank.bench.comparison.ComparisonText;

/** A bench run for people. */
public final class ExperimentTable {
  private ExperimentTable() {}

  /** A heading and the table of all systems, lines ending in a line feed. */
  public static String of(ExperimentResult result) {
    return String.format(Locale.ROOT, "%s, %s split%n", result.collection(), result.split())
        + ComparisonText.table(result.report());
  }
}
