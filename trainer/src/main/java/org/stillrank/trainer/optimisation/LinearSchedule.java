/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.optimisation;

/**
 * A learning rate that rises from 0 and falls back to 0, both linearly, as transformers' {@code
 * get_linear_schedule_with_warmup} has it.
 *
 * @param highest the rate at the end of warm-up
 * @param warmup steps in which the rate rises
 * @param steps all steps, at which the rate is 0 again
 */
public record LinearSchedule(double highest, int warmup, int steps) {
  public LinearSchedule {
    if (warmup < 0 || steps < 1 || warmup > steps) {
      throw new IllegalArgumentException(warmup + " steps of warm-up in " + steps);
    }
  }

  /** Warm-up as a fraction of all steps, rounded down. */
  public static LinearSchedule withWarmupFraction(double highest, double warmup, int steps) {
    return new LinearSchedule(highest, (int) (warmup * steps), steps);
  }

  /** The rate of a step; steps count from 0. */
  public double rate(int step) {
    double factor =
        step < warmup
            ? (double) step / warmup
            : (double) Math.max(0, steps - step) / Math.max(1, steps - warmup);
    return highest * factor;
  }
}
