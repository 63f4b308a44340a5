/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.trainer.weights.FloatTensor;

/**
 * A matrix as symmetric 8-bit integers with one scale for each row.
 *
 * @param bytes [rows, width], from -127 to 127 or less far
 * @param scales what a byte of a row is worth
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers: boxed they would not fit
record RoundedRows(byte[] bytes, float[] scales) {
  /** Uses all eight bits. */
  static final int LARGEST = 127;

  /** Each number to its nearest multiple. */
  static RoundedRows nearest(FloatTensor matrix) {
    int width = Math.toIntExact(matrix.shape()[1]);
    float[] scales = scales(matrix, LARGEST);
    byte[] bytes = new byte[matrix.values().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = round(matrix.values()[i], scales[i / width], LARGEST);
    }
    return new RoundedRows(bytes, scales);
  }

  /**
   * Each number so that the layer's answers on real inputs move least: what one column's rounding
   * does to an answer, the columns after it take back, the most energetic inputs first (GPTQ,
   * Frantar et al. 2022, arXiv:2210.17323, section 3).
   *
   * @param largest of the bytes, at most {@link #LARGEST}
   */
  static RoundedRows compensated(FloatTensor matrix, InputMoments inputs, int largest) {
    int width = inputs.width();
    int[] order = inputs.byEnergy();
    double[][] shares = Cholesky.ofInverse(inputs.damped(order));
    float[] scales = scales(matrix, largest);
    byte[] bytes = new byte[matrix.values().length];
    double[] wanted = new double[width];
    for (int row = 0; row < scales.length; row++) {
      for (int i = 0; i < width; i++) {
        wanted[i] = matrix.values()[row * width + order[i]];
      }
      for (int i = 0; i < width; i++) {
        byte rounded = round(wanted[i], scales[row], largest);
        bytes[row * width + order[i]] = rounded;
        double error = (wanted[i] - rounded * (double) scales[row]) / shares[i][i];
        for (int later = i + 1; later < width; later++) {
          wanted[later] -= error * shares[i][later];
        }
      }
    }
    return new RoundedRows(bytes, scales);
  }

  private static byte round(double value, float scale, int largest) {
    return (byte) Math.clamp(Math.round(value / scale), -largest, largest);
  }

  private static float[] scales(FloatTensor matrix, int largest) {
    int width = Math.toIntExact(matrix.shape()[1]);
    float[] scales = new float[Math.toIntExact(matrix.shape()[0])];
    for (int row = 0; row < scales.length; row++) {
      float peak = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        peak = Math.max(peak, Math.abs(matrix.values()[i]));
      }
      // A row of zeros keeps a scale that divides.
      scales[row] = peak == 0 ? 1 : peak / largest;
    }
    return scales;
  }

  /** The numbers that the bytes stand for, [rows, width]. */
  float[] values() {
    int width = bytes.length / scales.length;
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] * scales[i / width];
    }
    return values;
  }

  /** The bytes as [width, rows]. */
  byte[] transposedBytes() {
    int rows = scales.length;
    int width = bytes.length / rows;
    byte[] turned = new byte[bytes.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        turned[column * rows + row] = bytes[row * width + column];
      }
    }
    return turned;
  }
}
