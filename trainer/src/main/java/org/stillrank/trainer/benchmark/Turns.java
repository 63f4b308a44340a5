/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.progress.Progress;

/**
 * Steps of several contenders, one after the other in each round, so that all of them meet the same
 * machine.
 */
final class Turns {
  /** Rounds before those that count: the first steps allocate memory and prepare kernels. */
  static final int WARM_UP = 2;

  private Turns() {}

  /**
   * Takes {@link #WARM_UP} rounds and then those that count.
   *
   * @return for each contender the seconds of each round that counts
   */
  static List<List<StepSeconds>> take(List<TimedStep> contenders, int rounds, Progress progress)
      throws IOException {
    List<List<StepSeconds>> seconds = new ArrayList<>();
    contenders.forEach(each -> seconds.add(new ArrayList<>()));
    for (int round = 0; round < WARM_UP + rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        // Whoever comes first finds other caches than whoever comes second.
        int contender = (turn + round) % contenders.size();
        StepSeconds taken = contenders.get(contender).run(round);
        if (round >= WARM_UP) {
          seconds.get(contender).add(taken);
        }
        progress.step(1);
      }
    }
    return seconds;
  }

  /** The middle value; of an even number the smaller of the two. */
  static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }
}
