/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

/**
 * Scores as Anserini puts them in a run file: rounded to four decimals, and where that makes
 * neighbours equal, each lowered by one more millionth than the one before it, so that the order
 * survives tools that sort by score. Computed in single precision, as there.
 */
final class AnseriniScores {
  private static final float PER_UNIT = 1e4f;
  private static final float RESOLUTION = 1e-4f;
  private static final float STEP = 1e-6f;

  private AnseriniScores() {}

  /** Changes the scores of one ranking, given best first, in place. */
  static void adjust(float[] scores) {
    int ties = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.round(scores[i] * PER_UNIT) / PER_UNIT;
      boolean tied = i > 0 && scores[i - 1] - scores[i] <= RESOLUTION;
      ties = tied ? ties + 1 : 0;
      scores[i] -= STEP * ties;
    }
  }
}
