/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures of steps as text. */
public final class BenchmarkTable {
  private BenchmarkTable() {}

  /** A row for each part of each step, beside the peer's where there is one. */
  public static String ofSteps(List<StepFigures> figures) {
    StringBuilder text = new StringBuilder();
    for (StepFigures each : figures) {
      text.append(
          row(
              "%s: %.2f million parameters; one product of %d x %d matrices runs at %.1f GFLOP/s in"
                  + " %s on %s%s",
              each.shape().backbone(),
              each.shape().parameters() / 1e6,
              MatrixRate.size(each.shape().device()),
              MatrixRate.size(each.shape().device()),
              each.matrixRate() / 1e9,
              precision(each.shape()),
              each.shape().device(),
              each.peer().isEmpty() ? "" : "; peer: " + each.peer()));
    }
    boolean peer = figures.stream().anyMatch(each -> !each.peers().isEmpty());
    text.append(
        row(
            "%-36s %-9s %9s %9s %10s %9s %6s%s",
            "",
            "part",
            "seconds",
            "pairs/s",
            "tokens/s",
            "GFLOP/s",
            "share",
            peer ? "   peer's s  times as fast" : ""));
    for (StepFigures each : figures) {
      for (StepPart part : StepPart.values()) {
        text.append(row(each, part));
      }
    }
    return text.toString();
  }

  private static String row(StepFigures figures, StepPart part) {
    boolean multiplies = figures.operations(part) > 0;
    return row(
        "%-36s %-9s %9.3f %9.1f %,10.0f %9s %6s%s",
        label(figures.shape()),
        part.name().toLowerCase(Locale.ROOT),
        figures.seconds(part),
        figures.pairsPerSecond(part),
        figures.tokensPerSecond(part),
        multiplies ? one(figures.operations(part) / figures.seconds(part) / 1e9) : "-",
        multiplies ? percent(figures.shareOfMatrixRate(part)) : "-",
        figures.peers().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "  %9.3f  %13.2f",
                figures.peerSeconds(part),
                figures.timesAsFast(part)));
  }

  /** Length groups beside padding to the longest, for each shape. */
  public static String ofGrouping(List<GroupingFigures> figures) {
    return figures.stream().map(BenchmarkTable::grouping).collect(Collectors.joining());
  }

  private static String grouping(GroupingFigures figures) {
    return row(
            "%s, %s: %d steps of real pairs, %.1f tokens on average, the longest of a step %.1f",
            figures.texts(),
            label(figures.shape()),
            figures.grouped().size(),
            figures.meanTokens(),
            figures.longest().stream().mapToInt(Integer::intValue).average().orElse(0))
        + grouping("padded to the longest", figures, figures.padded())
        + grouping("length groups", figures, figures.grouped())
        + row("length groups are %.2f times as fast", figures.timesAsFast());
  }

  private static String grouping(String name, GroupingFigures figures, List<StepSeconds> steps) {
    double median = GroupingFigures.median(steps);
    return row(
        "  %-22s %8.3f s  %8.1f pairs/s  %,10.0f tokens/s",
        name,
        median,
        figures.shape().pairs() / median,
        figures.shape().pairs() * figures.meanTokens() / median);
  }

  private static String label(StepShape shape) {
    return String.format(
        Locale.ROOT,
        "%s, %d x %d, %s",
        shape.backbone(),
        shape.pairs(),
        shape.tokens(),
        precision(shape));
  }

  private static String precision(StepShape shape) {
    return shape.precision().name().toLowerCase(Locale.ROOT);
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  private static String row(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing() + System.lineSeparator();
  }
}
