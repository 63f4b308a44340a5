/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.stream.Collectors;
import org.stillrank.bench.table.TextTable;

/** A report as text. */
public final class LoadTable {
  private LoadTable() {}

  /** Lines, each with its end: the headline, the heads and a row for each point, notes. */
  public static String of(LoadReport report) {
    TextTable table = TextTable.ofNumbers();
    table.row(LoadCells.HEADS);
    LoadCells.rows(report).forEach(table::row);
    String notes =
        LoadNotes.of(report).stream().map(note -> note + "\n").collect(Collectors.joining());
    return report.headline() + "\n" + table.lines() + notes;
  }
}
