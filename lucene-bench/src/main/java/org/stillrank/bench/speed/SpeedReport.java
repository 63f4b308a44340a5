/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A comparison of speed as text. */
public final class SpeedReport {
  private static final int FIRST = 0;
  private static final String PLAIN_RUNTIME = "raw";

  private SpeedReport() {}

  /** Of models: the table. */
  public static String ofModels(SpeedComparison comparison) {
    return table("model", "to first", comparison);
  }

  private static String table(String what, String ratio, SpeedComparison comparison) {
    List<String> names = comparison.contenders();
    StringBuilder text = new StringBuilder();
    text.append(
        row("%-44s %12s %10s %12s %12s", what, "s per query", "pairs/s", ratio, "of CPU time"));
    for (int i = 0; i < names.size(); i++) {
      text.append(
          row(
              "%-44s %12.3f %10.1f %12.3f %12.3f",
              names.get(i),
              comparison.medianSeconds(i),
              comparison.pairsPerSecond(i),
              comparison.medianRatio(i, FIRST),
              comparison.medianCpuRatio(i, FIRST)));
    }
    return text.toString();
  }

  /**
   * Of schedules, the first of them the product's default: the table, and how it stands to the
   * plain runtime.
   */
  public static String ofSchedules(SpeedComparison comparison) {
    List<String> names = comparison.contenders();
    StringBuilder text = new StringBuilder(table("schedule", "to reranker", comparison));
    int[] raw =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).startsWith(PLAIN_RUNTIME))
            .toArray();
    int fastest = raw[0];
    for (int each : raw) {
      if (comparison.medianRatio(each, FIRST) < comparison.medianRatio(fastest, FIRST)) {
        fastest = each;
      }
    }
    text.append(
        row(
            "reranker takes %.3f of the fastest plain schedule (%s); one padded batch takes %.3f of"
                + " the reranker",
            comparison.medianRatio(FIRST, fastest),
            names.get(fastest),
            comparison.medianRatio(raw[0], FIRST)));
    text.append(row("largest difference of any score: %.2g", comparison.largestDifference()));
    return text.toString();
  }

  private static String row(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }
}
