/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;
import java.util.stream.Collectors;
import org.stillrank.bench.plot.HtmlPage;
import org.stillrank.bench.plot.Markup;

/** A report as a page: plots of each kind of search, and all figures. */
final class LoadPage {
  private LoadPage() {}

  static String of(LoadReport report) {
    String title = "Load: " + report.collection();
    String body =
        "<h1>"
            + Markup.text(title)
            + "</h1>\n"
            + paragraph(report.headline())
            + "<div class=\"plots\">\n"
            + report.series().stream()
                .map(LoadPlots::new)
                .map(plots -> plots.latency().svg() + plots.throughput().svg())
                .collect(Collectors.joining())
            + "</div>\n<table>\n<caption>Latencies of searches answered with 200</caption>\n"
            + row("th", LoadCells.HEADS)
            + LoadCells.rows(report).stream()
                .map(cells -> row("td", cells))
                .collect(Collectors.joining())
            + "</table>\n"
            + LoadNotes.of(report).stream().map(LoadPage::paragraph).collect(Collectors.joining());
    return new HtmlPage(title, body).html();
  }

  private static String paragraph(String words) {
    return "<p class=\"pale\">" + Markup.text(words) + "</p>\n";
  }

  private static String row(String element, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + element + ">" + Markup.text(cell) + "</" + element + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }
}
