/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.stillrank.bench.speed.RequestSizeMeasurement.RequestSpeed;

/** A comparison of speed as text. */
public final class SpeedReport {
  private static final int FIRST = 0;
  private static final String PLAIN_RUNTIME = "raw";

  private SpeedReport() {}

  /** Of models: the table. */
  public static String ofModels(SpeedComparison comparison) {
    return table("model", "to first", comparison, FIRST);
  }

  /** Of ways to the same scores: the table, and each way beside the fastest plain schedule. */
  public static String ofWays(SpeedComparison comparison) {
    List<String> names = comparison.contenders();
    int fastest = fastestPlain(comparison);
    StringBuilder text = new StringBuilder(table("way", "to raw", comparison, fastest));
    for (int i = 0; i < names.size(); i++) {
      if (i != fastest) {
        text.append(
            row(
                "%s: %.3f of the fastest plain schedule (%s)",
                names.get(i), comparison.medianRatio(i, fastest), names.get(fastest)));
      }
    }
    return text.append(difference(comparison)).toString();
  }

  private static String table(String what, String ratio, SpeedComparison comparison, int to) {
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
              comparison.medianRatio(i, to),
              comparison.medianCpuRatio(i, to)));
    }
    return text.toString();
  }

  /**
   * Of schedules, the first of them the product's default: the table, and how it stands to the
   * plain runtime.
   */
  public static String ofSchedules(SpeedComparison comparison) {
    List<String> names = comparison.contenders();
    StringBuilder text = new StringBuilder(table("schedule", "to reranker", comparison, FIRST));
    int fastest = fastestPlain(comparison);
    text.append(
        row(
            "reranker takes %.3f of the fastest plain schedule (%s); one padded batch takes %.3f of"
                + " the reranker",
            comparison.medianRatio(FIRST, fastest),
            names.get(fastest),
            comparison.medianRatio(plain(names)[0], FIRST)));
    return text.append(difference(comparison)).toString();
  }

  /** Of requests of several sizes, the largest last. */
  public static String ofSizes(List<RequestSpeed> sizes) {
    StringBuilder text = new StringBuilder();
    text.append(
        row("%-44s %12s %10s %12s", "documents of a request", "s each", "pairs/s", "to largest"));
    for (RequestSpeed each : sizes) {
      text.append(
          row(
              "%-44d %12.4f %10.1f %12.3f",
              each.documents(), each.medianSeconds(), each.pairsPerSecond(), each.ratio()));
    }
    return text.toString();
  }

  private static int fastestPlain(SpeedComparison comparison) {
    return IntStream.of(plain(comparison.contenders()))
        .boxed()
        .min(Comparator.comparingDouble(i -> comparison.medianRatio(i, FIRST)))
        .orElseThrow();
  }

  private static int[] plain(List<String> names) {
    return IntStream.range(0, names.size())
        .filter(i -> names.get(i).startsWith(PLAIN_RUNTIME))
        .toArray();
  }

  private static String difference(SpeedComparison comparison) {
    return row("largest difference of any score: %.2g", comparison.largestDifference());
  }

  private static String row(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }
}
