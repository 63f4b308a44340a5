/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of cells under each other, columns two spaces apart. */
public final class TextTable {
  private static final String GAP = "  ";

  private enum Alignment {
    BEGIN,
    END
  }

  private final Alignment others;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(Alignment others) {
    this.others = others;
  }

  /** Whose cells all begin where their column does. */
  public static TextTable ofWords() {
    return new TextTable(Alignment.BEGIN);
  }

  /** Whose cells end where their column does, but for the names in the first one. */
  public static TextTable ofNumbers() {
    return new TextTable(Alignment.END);
  }

  /** Adds a row. */
  public void row(String... cells) {
    row(List.of(cells));
  }

  /** Adds a row. */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Every row as a line; short rows end early. */
  public String lines() {
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

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
            .mapToObj(column -> cell(row.get(column), column, widths[column]))
            .collect(Collectors.joining(GAP))
            .stripTrailing()
        + "\n";
  }

  private String cell(String cell, int column, int width) {
    String padding = " ".repeat(width - cell.length());
    return column == 0 || others == Alignment.BEGIN ? cell + padding : padding + cell;
  }
}
