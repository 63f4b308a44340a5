/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * All that was measured of a server.
 *
 * @param collection its name
 * @param queries different ones that were asked
 * @param documents in the index
 * @param processors of the machine of the clients
 * @param idle the other user's searches while nobody else asks
 */
public record LoadReport(
    String collection,
    int queries,
    int documents,
    int processors,
    LoadSettings settings,
    Searches idle,
    List<LoadSeries> series) {
  /** The percentile at which the other user's searches are compared. */
  static final int OTHERS = 95;

  public LoadReport {
    series = List.copyOf(series);
  }

  /** How many times as late the other user is answered as when nobody else asks. */
  public OptionalDouble othersToIdle(LoadPoint point) {
    OptionalDouble loaded = point.others().latencies().percentile(OTHERS);
    OptionalDouble free = idle.latencies().percentile(OTHERS);
    return loaded.isPresent() && free.isPresent()
        ? OptionalDouble.of(loaded.getAsDouble() / free.getAsDouble())
        : OptionalDouble.empty();
  }

  /** What the figures are of, in one line. */
  String headline() {
    return String.format(
        Locale.ROOT,
        "%s: %,d queries, %,d documents, window %d, %s s a point after %s s of warm-up, the first"
            + " after %s s of every search, clients on %d processors",
        collection,
        queries,
        documents,
        settings.window(),
        shortest(settings.seconds()),
        shortest(settings.warmUpSeconds()),
        shortest(settings.settleSeconds()),
        processors);
  }

  private static String shortest(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
