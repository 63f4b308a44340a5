/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report as text. */
public final class LoadTable {
  private LoadTable() {}

  /** Lines, each with its end: the headline, the heads and a row for each point, notes. */
  public static String of(LoadReport report) {
    List<List<String>> rows = new ArrayList<>(List.of(LoadCells.HEADS));
    rows.addAll(LoadCells.rows(report));
    int[] widths =
        IntStream.range(0, LoadCells.HEADS.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>(List.of(report.headline()));
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.addAll(LoadNotes.of(report));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Names begin where their column does, numbers end there. */
  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(row.getFirst());
    line.repeat(' ', widths[0] - line.length());
    for (int column = 1; column < widths.length; column++) {
      String cell = row.get(column);
      line.repeat(' ', widths[column] - cell.length() + 2).append(cell);
    }
    return line.toString();
  }
}
