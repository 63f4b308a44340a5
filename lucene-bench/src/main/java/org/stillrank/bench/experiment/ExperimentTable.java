/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.util.Locale;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.significance.WinsTiesLosses;

/** A bench run for people: one line for each system and measure. */
public final class ExperimentTable {
  private static final int MEASURE = 12;
  private static final double LEAST_SHOWN = 1e-4;

  private ExperimentTable() {}

  /** The table with its heading, lines ending in a line feed. */
  public static String of(ExperimentResult result) {
    int name = result.systems().stream().mapToInt(each -> each.name().length()).max().orElse(0) + 2;
    String row = "%-" + MEASURE + "s%-" + name + "s%8s%9s  %-15s%9s%9s%n";
    StringBuilder table = new StringBuilder();
    SystemResult first = result.systems().getFirst();
    table.append(
        String.format(
            Locale.ROOT,
            "%s, %s split, %d queries; p of the randomisation test against %s%n",
            result.collection(),
            result.split(),
            first.evaluation().perTopic(first.evaluation().measures().getFirst()).size(),
            first.name()));
    table.append(
        String.format(
            Locale.ROOT,
            row,
            "measure",
            "system",
            "mean",
            "change",
            "win/tie/loss",
            "p",
            "p Holm"));
    for (Measure measure : first.evaluation().measures()) {
      String mean = fourDecimals(first.evaluation().mean(measure));
      table.append(
          String.format(Locale.ROOT, row, measure.name(), first.name(), mean, "", "", "", ""));
      result.tests().stream()
          .filter(test -> test.measure().equals(measure))
          .forEach(test -> table.append(line(row, test)));
    }
    return table.toString();
  }

  private static String line(String row, SystemTest test) {
    WinsTiesLosses counts = test.comparison().winsTiesLosses();
    return String.format(
        Locale.ROOT,
        row,
        test.measure().name(),
        test.system(),
        fourDecimals(test.comparison().systemMean()),
        String.format(Locale.ROOT, "%+.4f", test.comparison().change()),
        counts.wins() + "/" + counts.ties() + "/" + counts.losses(),
        probability(test.comparison().randomization().pValue()),
        probability(test.correctedPValue()));
  }

  /** No p of a drawn randomisation test is 0, and none should look it. */
  private static String probability(double p) {
    return p < LEAST_SHOWN ? "<0.0001" : fourDecimals(p);
  }

  private static String fourDecimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
