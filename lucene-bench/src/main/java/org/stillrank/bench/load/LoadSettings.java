/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How load is made.
 *
 * @param clients of each point; from few to many, each once
 * @param seconds measured at each point
 * @param warmUpSeconds before these, under the same load
 * @param settleSeconds before the first point, for each search: a server that has just begun
 *     compiles what it runs, and others wait for that too
 * @param window hits that are reranked
 * @param seed of the order of the queries
 */
public record LoadSettings(
    List<Integer> clients,
    double seconds,
    double warmUpSeconds,
    double settleSeconds,
    int window,
    long seed) {
  private static final int MOST_CLIENTS = 10_000;
  private static final double LONGEST = 86_400;

  public LoadSettings {
    clients = clients.stream().distinct().sorted().toList();
    if (clients.isEmpty()) {
      throw new InvalidInputException("no number of clients is given; give at least one");
    }
    for (int each : clients) {
      if (each < 1 || each > MOST_CLIENTS) {
        throw new InvalidInputException(
            "[" + each + "] clients make no load; give numbers from 1 to " + MOST_CLIENTS);
      }
    }
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw new InvalidInputException(
          "[" + seconds + "] seconds measure nothing; give more than 0, up to a day");
    }
    requireTime(warmUpSeconds, "no warm-up");
    requireSettle(settleSeconds);
    if (window < 1) {
      throw new InvalidInputException(
          "a window of [" + window + "] hits reranks nothing; give at least 1");
    }
  }

  /**
   * Of the time for which a server is asked before anything is measured.
   *
   * @throws InvalidInputException when it is not from 0 to a day
   */
  public static void requireSettle(double seconds) {
    requireTime(seconds, "no time to settle");
  }

  private static void requireTime(double seconds, String what) {
    if (!(seconds >= 0 && seconds <= LONGEST)) {
      throw new InvalidInputException(
          "[" + seconds + "] seconds are " + what + "; give 0 or more, up to a day");
    }
  }
}
