/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

/** Which bytes a row of weights may be made of; neighbours are columns 0 and 1, 2 and 3, ... */
enum ByteRange {
  /** From -127 to 127. */
  EACH {
    @Override
    float scale(float[] values, int from, int width) {
      float peak = 0;
      for (int i = from; i < from + width; i++) {
        peak = Math.max(peak, Math.abs(values[i]));
      }
      return orOne(peak / LARGEST);
    }

    @Override
    byte nearest(double multiple, byte neighbour) {
      return (byte) Math.clamp(Math.round(multiple), -LARGEST, LARGEST);
    }
  },

  /**
   * From -127 to 127, and neighbours together from -128 to 128. Processors without VNNI add the
   * products of two neighbours with unsigned bytes in 16 bits, where more would saturate: silently,
   * and to other scores. 255 * 128 is below 2^15. Weights of which each is 64 at most would do too,
   * but where one is large its neighbour seldom is: so steps are a third finer.
   */
  NEIGHBOURS {
    @Override
    float scale(float[] values, int from, int width) {
      float peak = EACH.scale(values, from, width) * LARGEST;
      for (int i = from; i + 1 < from + width; i += 2) {
        float sum = Math.abs(values[i] + values[i + 1]);
        peak = Math.max(peak, sum * LARGEST / LARGEST_SUM);
      }
      return peak / LARGEST;
    }

    @Override
    byte nearest(double multiple, byte neighbour) {
      return (byte)
          Math.clamp(
              Math.round(multiple),
              Math.max(-LARGEST, -LARGEST_SUM - Math.min(neighbour, 0)),
              Math.min(LARGEST, LARGEST_SUM - Math.max(neighbour, 0)));
    }
  };

  private static final int LARGEST = 127;
  private static final int LARGEST_SUM = 128;

  /**
   * What a byte is worth, so that all values of a row are within the range.
   *
   * @param from the row's first value
   */
  abstract float scale(float[] values, int from, int width);

  /**
   * The allowed byte that is nearest to a multiple of the scale.
   *
   * @param neighbour the other byte of its pair; 0 while it has none
   */
  abstract byte nearest(double multiple, byte neighbour);

  /** A row of zeros keeps a scale that divides. */
  private static float orOne(float scale) {
    return scale == 0 ? 1 : scale;
  }
}
