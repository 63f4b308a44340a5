/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.List;
import java.util.Locale;
import org.stillrank.bench.comparison.ComparisonReport;
import org.stillrank.bench.comparison.CorrectedComparison;
import org.stillrank.bench.measure.Measure;

/**
 * What a comparison of ways to read long texts found.
 *
 * @param report the ways measured, the first one their baseline
 * @param ways what each took, in the order of the report's systems
 */
public record PassageResult(
    String collection, String split, ComparisonReport report, List<WayFigures> ways) {
  public PassageResult {
    ways = List.copyOf(ways);
  }

  /** A heading and a row for each way, lines ending in a line feed. */
  public String table() {
    Measure measure = report.measures().getFirst();
    StringBuilder text = new StringBuilder();
    text.append(
        row(
            "%s, %s split, %d queries; seconds of the median query, ratios of all seconds",
            collection, split, report.topics()));
    text.append(
        row(
            "%-64s %8s %9s %8s %10s %10s %10s %8s",
            "passages",
            measure.name(),
            "of first",
            "s/query",
            "x as fast",
            "passages",
            "tokens",
            "p (Holm)"));
    double baseline = mean(0, measure);
    for (int way = 0; way < ways.size(); way++) {
      WayFigures figures = ways.get(way);
      text.append(
          row(
              "%-64s %8.4f %8.1f%% %8.3f %10.2f %10.1f %10.0f %8s",
              report.systems().get(way).name(),
              mean(way, measure),
              100 * mean(way, measure) / baseline,
              figures.medianSeconds(),
              ways.getFirst().seconds() / figures.seconds(),
              figures.passagesOfAQuery(),
              figures.tokensOfAQuery(),
              way == 0 ? "" : pValue(way, measure)));
    }
    return text.toString();
  }

  private double mean(int way, Measure measure) {
    return report.systems().get(way).evaluation().mean(measure);
  }

  private String pValue(int way, Measure measure) {
    String system = report.systems().get(way).name();
    return report.comparisons().stream()
        .filter(each -> each.measure().equals(measure) && each.system().equals(system))
        .map(CorrectedComparison::randomizationHolm)
        .map(p -> String.format(Locale.ROOT, "%.4f", p))
        .findFirst()
        .orElse("-");
  }

  private static String row(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
  }
}
