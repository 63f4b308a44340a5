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

  /** Some searches a second, which are no load. */
  public static Pace low() {
    return new Pace(Duration.ofMillis(200), Duration.ofMillis(200));
  }

  public Duration after(Answer answer) {
    return answer instanceof Answer.Found ? afterAnswer : afterTrouble;
  }
}
