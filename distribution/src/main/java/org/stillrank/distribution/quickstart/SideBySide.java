/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.quickstart;

import java.util.List;
import java.util.Locale;
import org.stillrank.distribution.cluster.SearchIndex.Hit;
import org.stillrank.distribution.quickstart.Demonstration.Pair;

/** A topic's first hits without and with reranking beside each other, for people. */
final class SideBySide {
  private static final int HITS = 3;
  private static final int WIDTH = 36;

  private SideBySide() {}

  static String of(Pair pair, double before, double after) {
    StringBuilder lines = new StringBuilder();
    lines.append(
        String.format(
            Locale.ROOT,
            "%n%s  %s   nDCG@10 %.2f -> %.2f%n",
            pair.topic().id(),
            pair.topic().text(),
            before,
            after));
    List<Hit> plain = pair.plain().hits();
    List<Hit> reranked = pair.reranked().hits();
    for (int i = 0; i < Math.min(HITS, Math.max(plain.size(), reranked.size())); i++) {
      String left = i < plain.size() ? words(plain.get(i)) : "";
      String right = i < reranked.size() ? words(reranked.get(i)) : "";
      String moved = i < reranked.size() ? moved(plain, reranked.get(i), i) : "";
      lines.append(
          String.format(
                  Locale.ROOT,
                  "  %d  %-" + WIDTH + "s  %-" + WIDTH + "s %s",
                  i + 1,
                  left,
                  right,
                  moved)
              .stripTrailing());
      lines.append(System.lineSeparator());
    }
    return lines.toString();
  }

  private static String moved(List<Hit> plain, Hit hit, int place) {
    for (int i = 0; i < plain.size(); i++) {
      if (plain.get(i).id().equals(hit.id())) {
        return i == place ? "stays" : "from " + (i + 1);
      }
    }
    return "";
  }

  private static String words(Hit hit) {
    String words = hit.title().isBlank() ? hit.text() : hit.title();
    return words.length() <= WIDTH ? words : words.substring(0, WIDTH - 1) + "…";
  }
}
