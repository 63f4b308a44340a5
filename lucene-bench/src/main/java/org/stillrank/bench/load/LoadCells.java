/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report's figures as words: a row for each point, the kind of search in its first cell. */
final class LoadCells {
  static final List<String> HEADS =
      List.of(
          "search",
          "clients",
          "searches/s",
          "documents/s",
          "p50 ms",
          "p95 ms",
          "p99 ms",
          "200",
          "429",
          "other",
          "lost",
          "others' p95 ms",
          "to idle");

  private static final double MILLIS = 1e3;

  private LoadCells() {}

  static List<List<String>> rows(LoadReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (LoadSeries series : report.series()) {
      for (LoadPoint point : series.points()) {
        rows.add(row(report, series.name(), point));
      }
    }
    return rows;
  }

  private static List<String> row(LoadReport report, String name, LoadPoint point) {
    Latencies latencies = point.searches().latencies();
    Outcomes outcomes = point.searches().outcomes();
    return List.of(
        name,
        count(point.clients()),
        number("%,.1f", OptionalDouble.of(point.searchesPerSecond())),
        number("%,.1f", OptionalDouble.of(point.documentsPerSecond())),
        millis(latencies, 50),
        millis(latencies, 95),
        millis(latencies, 99),
        count(outcomes.found()),
        count(outcomes.refused()),
        count(outcomes.failed()),
        count(outcomes.lost()),
        millis(point.others().latencies(), LoadReport.OTHERS),
        number("%.2f", report.othersToIdle(point)));
  }

  /** A percentile; a stroke where nothing was answered. */
  static String millis(Latencies latencies, int percent) {
    OptionalDouble seconds = latencies.percentile(percent);
    return seconds.isPresent()
        ? number("%,.1f", OptionalDouble.of(seconds.getAsDouble() * MILLIS))
        : "-";
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }
}
