/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.nio.file.Path;

/** How near a written file must come to the encoder it was made from. */
enum Agreement {
  /** Every logit within 1e-4: only the order of additions differs. */
  EXACT {
    @Override
    void require(Path file, float[] runtime, float[] trained) {
      for (int i = 0; i < trained.length; i++) {
        // Not a maximum: a NaN must not pass.
        if (!(Math.abs((double) runtime[i] - trained[i]) <= TOLERANCE)) {
          throw ExportMismatchException.ofPair(file, i, runtime[i], trained[i]);
        }
      }
    }
  },

  /** Activations are rounded to 11 bits: the differences are two hundredths of the spread. */
  NEAR {
    @Override
    void require(Path file, float[] runtime, float[] trained) {
      requireShare(0.02, file, runtime, trained);
    }
  },

  /** Activations are rounded to 8 bits: the differences are a twentieth of the logits' spread. */
  CLOSE {
    @Override
    void require(Path file, float[] runtime, float[] trained) {
      requireShare(0.05, file, runtime, trained);
    }
  };

  /** Largest difference of a logit between the runtime and libtorch. */
  static final double TOLERANCE = 1e-4;

  /**
   * @throws ExportMismatchException when the file answers otherwise
   */
  abstract void require(Path file, float[] runtime, float[] trained);

  /**
   * @param share the largest root of the mean square difference, as a share of the logits' standard
   *     deviation
   */
  private static void requireShare(double share, Path file, float[] runtime, float[] trained) {
    LogitDifference difference = LogitDifference.of(runtime, trained);
    // Not a maximum: a NaN must not pass.
    if (!(difference.rootMeanSquare() <= share * difference.spread())) {
      throw ExportMismatchException.ofSpread(
          file, difference.rootMeanSquare(), difference.spread());
    }
  }
}
