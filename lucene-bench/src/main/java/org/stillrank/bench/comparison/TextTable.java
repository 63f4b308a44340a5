/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of words under each other, columns two spaces apart. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  void row(String... cells) {
    rows.add(Arrays.asList(cells));
  }

  /** Every row as a line; short rows end early. */
  String lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths =
        IntStream.range(0, columns)
            .map(column ->
                rows.stream()
                    .filter(row -> column < row.size())
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths[column] - cell.length() + 2);
    }
    return line.toString().stripTrailing() + "\n";
  }
}
