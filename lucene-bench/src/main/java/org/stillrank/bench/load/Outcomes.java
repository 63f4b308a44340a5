/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.load;

import java.util.List;
import java.util.Optional;

/**
 * How many searches ended how. Each is in exactly one of the four.
 *
 * @param found answered in full
 * @param refused status 429
 * @param failed any other answer
 * @param lost asked, but no answer came
 * @param firstTrouble why the first one failed or was lost
 */
public record Outcomes(
    long found, long refused, long failed, long lost, Optional<String> firstTrouble) {
  /**
   * Counts.
   *
   * @param answers in any order
   */
  static Outcomes of(List<TimedAnswer> answers) {
    return new Outcomes(
        count(answers, Answer.Found.class),
        count(answers, Answer.Refused.class),
        count(answers, Answer.Failed.class),
        count(answers, Answer.Lost.class),
        answers.stream()
            .filter(each -> trouble(each.answer()).isPresent())
            .min((one, other) -> Long.signum(one.answered() - other.answered()))
            .flatMap(each -> trouble(each.answer())));
  }

  private static long count(List<TimedAnswer> answers, Class<? extends Answer> kind) {
    return answers.stream().filter(each -> kind.isInstance(each.answer())).count();
  }

  private static Optional<String> trouble(Answer answer) {
    return switch (answer) {
      case Answer.Failed failed -> Optional.of(failed.why());
      case Answer.Lost lost -> Optional.of(lost.why());
      case Answer.Found found -> Optional.empty();
      case Answer.Refused refused -> Optional.empty();
    };
  }
}
