/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import org.stillrank.trainer.weights.FloatTensor;

/**
 * A matrix as symmetric 8-bit integers with one scale for each row.
 *
 * @param bytes [rows, width]
 * @param scales what a byte of a row is worth
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers: boxed they would not fit
record RoundedRows(byte[] bytes, float[] scales) {
  private static final byte NONE = 0;

  /** Each number to its nearest multiple. */
  static RoundedRows nearest(FloatTensor matrix) {
    int width = Math.toIntExact(matrix.shape()[1]);
    float[] scales = scales(matrix, ByteRange.EACH);
    byte[] bytes = new byte[matrix.values().length];
    for (int i = 0; i < bytes.length; i++) {
      double multiple = (double) matrix.values()[i] / scales[i / width];
      bytes[i] = ByteRange.EACH.nearest(multiple, NONE);
    }
    return new RoundedRows(bytes, scales);
  }

  /**
   * Each number so that the layer's answers on real inputs move least: what one column's rounding
   * does to an answer, the columns after it take back, the most energetic inputs first (GPTQ,
   * Frantar et al. 2022, arXiv:2210.17323, section 3).
   *
   * @param range of the bytes
   */
  static RoundedRows compensated(FloatTensor matrix, InputMoments inputs, ByteRange range) {
    int width = inputs.width();
    int[] order = inputs.byEnergy();
    double[][] shares = Cholesky.ofInverse(inputs.damped(order));
    float[] scales = scales(matrix, range);
    byte[] bytes = new byte[matrix.values().length];
    double[] wanted = new double[width];
    for (int row = 0; row < scales.length; row++) {
      for (int i = 0; i < width; i++) {
        wanted[i] = matrix.values()[row * width + order[i]];
      }
      for (int i = 0; i < width; i++) {
        int column = order[i];
        byte neighbour = (column ^ 1) < width ? bytes[row * width + (column ^ 1)] : NONE;
        byte rounded = range.nearest(wanted[i] / scales[row], neighbour);
        bytes[row * width + column] = rounded;
        double error = (wanted[i] - rounded * (double) scales[row]) / shares[i][i];
        for (int later = i + 1; later < width; later++) {
          wanted[later] -= error * shares[i][later];
        }
      }
    }
    return new RoundedRows(bytes, scales);
  }

  private static float[] scales(FloatTensor matrix, ByteRange range) {
    int width = Math.toIntExact(matrix.shape()[1]);
    float[] scales = new float[Math.toIntExact(matrix.shape()[0])];
    for (int row = 0; row < scales.length; row++) {
      scales[row] = range.scale(matrix.values(), row * width, width);
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
