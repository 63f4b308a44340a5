/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import java.time.Duration;
import org.stillrank.bench.load.Answer;

/**
 * How soon a client asks again.
 *
 * @param afterAnswer when it was answered in full
 * @param afterTrouble when it was not
 */
public record Pace(Duration afterAnswer, Duration afterTrouble) {
  /** Who is refused and asks again at once would only measure refusals. */
  private static final Duration BACK_OFF = Duration.ofMillis(100);

  /** At once, as long as it is answered. */
  public static Pace eager() {
    return new Pace(Duration.ZERO, BACK_OFF);
  }

  /** Up to twenty searches a second: hardly a load, and enough of them for a 95th percentile. */
  public static Pace low() {
    return new Pace(Duration.ofMillis(50), Duration.ofMillis(50));
  }

  public Duration after(Answer answer) {
    return answer instanceof Answer.Found ? afterAnswer : afterTrouble;
  }
}
