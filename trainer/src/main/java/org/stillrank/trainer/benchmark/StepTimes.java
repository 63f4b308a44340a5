/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seconds of steps, and of a peer's steps done in turn with them, so that both meet the same
 * machine.
 *
 * @param ours of each step
 * @param peers of each step of the peer; empty without one
 */
public record StepTimes(List<Double> ours, List<Double> peers) {
  private static final int WARM_UP = 2;

  /**
   * Times steps after two untimed ones.
   *
   * @param interpreter the peer's Python, or null for none
   */
  public static StepTimes measure(
      StepShape shape, int threads, int steps, @Nullable String interpreter) throws IOException {
    try (StepBenchmark benchmark = new StepBenchmark(shape, threads)) {
      if (interpreter == null) {
        return measure(benchmark, null, steps);
      }
      try (PythonPeer peer = PythonPeer.start(interpreter, shape, threads)) {
        return measure(benchmark, peer, steps);
      }
    }
  }

  private static StepTimes measure(StepBenchmark benchmark, @Nullable PythonPeer peer, int steps)
      throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    for (int round = 0; round < WARM_UP + steps; round++) {
      double own = benchmark.step();
      double other = peer == null ? 0 : peer.step();
      if (round >= WARM_UP) {
        ours.add(own);
        if (peer != null) {
          peers.add(other);
        }
      }
    }
    return new StepTimes(ours, peers);
  }

  /** Seconds of the middle step; of an even number the faster of the two. */
  public static double median(List<Double> seconds) {
    return seconds.stream().sorted().toList().get((seconds.size() - 1) / 2);
  }

  /** How many times as fast as the peer a step is, by medians. */
  public double ratio() {
    return median(peers) / median(ours);
  }
}
