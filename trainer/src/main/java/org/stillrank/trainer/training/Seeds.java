/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

/**
 * Random numbers that depend on where training stands and not on how it came there: every step and
 * every pass starts its generators anew, so that a resumed training draws what an uninterrupted one
 * draws and no generator's state has to be saved.
 */
final class Seeds {
  private Seeds() {}

  /**
   * A seed for one step, pass or query; SplitMix64 (Steele, Lea and Flood 2014) of both numbers.
   */
  static long of(long seed, long position) {
    return mix(mix(seed) + position);
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
