/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.comparison;

import java.util.List;
import java.util.Locale;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.RandomizationResult;
import org.stillrank.bench.significance.WinsTiesLosses;
import org.stillrank.bench.table.TextTable;

/** A report for people: one table of all systems, and the topics that moved most. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The table of every measure and system, with a line that says what its p values are. */
  public static String table(ComparisonReport report) {
    TextTable table = TextTable.ofWords();
    table.row(
        "measure",
        "system",
        "mean",
        "change",
        "t-test p",
        "(Holm)",
        "randomisation p",
        "(Holm)",
        "d_z",
        "wins/ties/losses");
    for (Measure measure : report.measures()) {
      // The others' means are in their comparisons, unless there is only one topic to compare by.
      int alone = report.comparisons().isEmpty() ? report.systems().size() : 1;
      for (EvaluatedSystem system : report.systems().subList(0, alone)) {
        table.row(measure.name(), system.name(), decimals(system.evaluation().mean(measure)));
      }
      report.comparisons().stream()
          .filter(each -> each.measure().equals(measure))
          .forEach(each -> table.row(row(each)));
    }
    return table.lines() + legend(report);
  }

  /** For each comparison, the topics that moved, most first, at most {@code count}. */
  public static String movedMost(ComparisonReport report, int count) {
    StringBuilder text = new StringBuilder();
    for (CorrectedComparison each : report.comparisons()) {
      List<TopicChange> moved = each.comparison().movedMost(count);
      String title = each.measure().name() + " by " + each.system();
      if (moved.isEmpty()) {
        text.append("No topic moved in ").append(title).append(".\n\n");
        continue;
      }
      TextTable table = TextTable.ofWords();
      table.row("topic", "baseline", "system", "change");
      for (TopicChange change : moved) {
        table.row(
            change.topic(),
            decimals(change.baseline()),
            decimals(change.system()),
            signed(change.change()));
      }
      text.append("Moved most in ").append(title).append(":\n").append(table.lines()).append('\n');
    }
    return text.toString();
  }

  private static String[] row(CorrectedComparison each) {
    Comparison comparison = each.comparison();
    WinsTiesLosses counts = comparison.winsTiesLosses();
    return new String[] {
      each.measure().name(),
      each.system(),
      decimals(comparison.systemMean()),
      signed(comparison.change()),
      probability(comparison.tTestPValue()),
      "(" + probability(each.tTestHolm()) + ")",
      probability(comparison.randomization().pValue()),
      "(" + probability(each.randomizationHolm()) + ")",
      comparison.effectSize().isPresent()
          ? String.format(Locale.ROOT, "%+.3f", comparison.effectSize().getAsDouble())
          : "-",
      counts.wins() + "/" + counts.ties() + "/" + counts.losses()
    };
  }

  private static String legend(ComparisonReport report) {
    String topics = report.topics() + " topics";
    if (report.comparisons().isEmpty()) {
      return topics + ".\n";
    }
    boolean drawn =
        report.comparisons().stream()
            .anyMatch(each ->
                each.comparison().randomization().patterns() == RandomizationResult.Patterns.DRAWN);
    return topics
        + ", against "
        + report.baseline().name()
        + "; p two-sided, (Holm) corrected over "
        + (report.systems().size() - 1)
        + (report.systems().size() == 2 ? " system" : " systems")
        + " in each measure"
        + "; randomisation "
        + (drawn
            ? "of " + report.settings().samples() + " samples, seed " + report.settings().seed()
            : "exact")
        + ".\n";
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }

  private static String probability(double value) {
    return value < 0.0001 ? "<.0001" : decimals(value);
  }
}
