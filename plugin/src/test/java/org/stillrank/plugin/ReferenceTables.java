/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.testing.SharedFiles;

/** The tables of the plugin's README. */
final class ReferenceTables {
  private ReferenceTables() {}

  /**
   * The rows of a table below its head, each in cells without the backquotes around one.
   *
   * @param section heading that it stands under
   * @param head its first cell
   */
  static List<List<String>> rows(String section, String head) throws IOException {
    List<String> lines = Files.readAllLines(SharedFiles.project("plugin/README.md"));
    int from = index(lines, 0, "## " + section);
    List<List<String>> rows = new ArrayList<>();
    // Behind the head comes a line of dashes.
    for (int i = index(lines, from, "| " + head + " |") + 2; lines.get(i).startsWith("|"); i++) {
      String row = lines.get(i);
      rows.add(
          Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1))
              .map(cell -> cell.strip().replaceFirst("^`([^`]*)`$", "$1"))
              .toList());
    }
    return rows;
  }

  /** The rows of a table by the names in backquotes, or the one name, of their first cells. */
  static Map<String, List<String>> byName(String section, String head) throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (List<String> row : rows(section, head)) {
      for (String name : row.getFirst().split(", ", -1)) {
        rows.put(name.replace("`", ""), row);
      }
    }
    return rows;
  }

  private static int index(List<String> lines, int from, String start) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("plugin/README.md has no line that begins with [" + start + "]");
  }
}
