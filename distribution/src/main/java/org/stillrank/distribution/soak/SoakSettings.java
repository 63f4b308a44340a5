/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.time.Duration;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How a server is loaded.
 *
 * @param minutes in all
 * @param clients that wait for their answers, half of them with the clause, half with the retriever
 * @param window hits that are reranked
 * @param reloads time from one reload of the model to the next
 * @param seed of the order of queries, and of when others hang up
 */
public record SoakSettings(double minutes, int clients, int window, Duration reloads, long seed) {
  private static final double LONGEST = 7 * 24 * 60;

  public SoakSettings {
    if (!(minutes > 0 && minutes <= LONGEST)) {
      throw new InvalidInputException(
          "[" + minutes + "] minutes are no load; give more than 0, up to a week");
    }
    if (clients < 2) {
      throw new InvalidInputException(
          "[" + clients + "] clients cannot ask in two ways; give at least 2");
    }
    if (window < 1) {
      throw new InvalidInputException(
          "a window of [" + window + "] hits reranks nothing; give at least 1");
    }
    if (!reloads.isPositive()) {
      throw new InvalidInputException(
          "[" + reloads + "] between reloads is no time; give more than 0 seconds");
    }
  }

  long nanos() {
    return (long) (minutes * 60e9);
  }
}
