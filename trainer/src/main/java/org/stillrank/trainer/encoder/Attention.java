/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.encoder;

import org.jspecify.annotations.Nullable;

/**
 * How tokens attend to each other.
 *
 * @param heads how many
 * @param headSize width of each
 * @param scale factor of the products of queries and keys
 * @param dropout probability, on the weights, in training only
 * @param rotaryTheta base of rotary positions (Su et al. 2021), or null without them
 * @param reach how far to each side a token attends, or null for all the pair
 */
public record Attention(
    int heads,
    int headSize,
    double scale,
    double dropout,
    @Nullable Double rotaryTheta,
    @Nullable Integer reach) {

  /** Scaled by the root of the head's width, to all tokens, without rotary positions. */
  static Attention scaled(Sizes sizes, double dropout) {
    return new Attention(
        sizes.heads(), sizes.headSize(), 1 / Math.sqrt(sizes.headSize()), dropout, null, null);
  }

  /** The same with another scale. */
  Attention withScale(double other) {
    return new Attention(heads, headSize, other, dropout, rotaryTheta, reach);
  }

  /** The same with rotary positions, and a reach if one is given. */
  Attention rotary(double theta, @Nullable Integer within) {
    return new Attention(heads, headSize, scale, dropout, theta, within);
  }

  /** How fast each pair of a head's numbers turns with the position: [headSize / 2]. */
  public double[] frequencies() {
    if (rotaryTheta == null) {
      throw new IllegalStateException("no rotary positions");
    }
    double[] frequencies = new double[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = Math.pow(rotaryTheta, -2.0 * i / headSize);
    }
    return frequencies;
  }
}
