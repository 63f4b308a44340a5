/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.util.List;
import java.util.Locale;
import org.stillrank.bench.load.Outcomes;
import org.stillrank.bench.table.TextTable;

/** A report as text. */
public final class SoakTable {
  private static final double MEGABYTE = 1 << 20;

  private SoakTable() {}

  /** Lines, each with its end: a row for each part, what there was beside it, complaints. */
  public static String of(SoakReport report) {
    TextTable table = TextTable.ofNumbers();
    table.row("minute", "resident MiB", "answered", "429", "failed", "lost");
    for (SoakPart part : report.parts()) {
      Outcomes searches = part.searches();
      table.row(
          String.format(Locale.ROOT, "%.1f", part.minute()),
          String.format(Locale.ROOT, "%.1f", part.residentBytes() / MEGABYTE),
          count(searches.found()),
          count(searches.refused()),
          count(searches.failed()),
          count(searches.lost()));
    }
    StringBuilder lines = new StringBuilder(table.lines());
    lines.append(
        String.format(
            Locale.ROOT,
            "%,d clients hung up, %,d reloads of %,d files; %,d texts scored, %,d scores out of the"
                + " cache%n",
            report.left(),
            report.reloaded().size(),
            report.reloaded().stream().distinct().count(),
            report.scoredTexts(),
            report.cachedTexts()));
    lines.append(
        String.format(
            Locale.ROOT,
            "resident memory: %.1f %% from the smallest to the largest after the first %d parts;"
                + " native resources left: %s%n",
            100 * report.growth(),
            SoakReport.SETTLING,
            report.open().isEmpty() ? "none" : report.open()));
    List<String> complaints = report.complaints();
    complaints.forEach(each -> lines.append("NOT AS IT SHOULD BE: ").append(each).append('\n'));
    return lines.toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
