/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * The input of linear layers as 8-bit integers, with a scale for each of its rows.
 *
 * <p>Numbers of unlike size are evened out before, at the cost of the weights (SmoothQuant, Xiao et
 * al. 2022, arXiv:2211.10438, equation 4 with half to each side). Numbers that hardly go below 0,
 * as behind a GELU, are counted from their lowest value on, so that all eight bits are theirs
 * (channels are shifted in Outlier Suppression+ too, Wei et al. 2023, arXiv:2304.09145). What is
 * lower than any that was seen counts as that lowest value.
 *
 * @param offsets of its numbers, subtracted first; null when they go both ways
 * @param divisors of its numbers, before rounding
 * @param bytes unsigned
 * @param zero the byte that stands for 0
 * @param scales of its rows, [..., 1]
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RoundedInput(
    float @Nullable [] offsets, float[] divisors, String bytes, String zero, String scales) {
  private static final double SHARE = 0.5;
  private static final double SMALLEST = 1e-5;
  private static final int LARGEST = 127;
  private static final int LARGEST_UNSIGNED = 255;

  /**
   * Adds the rounding.
   *
   * @param moments of the input
   * @param weight [out, in], of a layer that reads it
   */
  static RoundedInput of(OnnxGraph graph, String input, InputMoments moments, FloatTensor weight) {
    if (!moments.isOneSided()) {
      float[] divisors = divisors(moments, weight);
      String even = evened(graph, input, input, divisors);
      String zero = graph.unsignedByte("zero_byte", LARGEST + 1);
      return quantised(graph, null, divisors, even, graph.node("Abs", even), LARGEST, zero);
    }
    float[] lowest = moments.lowest();
    float[] divisors = divisors(moments.less(lowest), weight);
    String above =
        graph.node("Sub", input, graph.floats(input + ".lowest", FloatTensor.vector(lowest)));
    String even = evened(graph, input, above, divisors);
    String zero = graph.unsignedByte("lowest_byte", 0);
    return quantised(graph, lowest, divisors, even, even, LARGEST_UNSIGNED, zero);
  }

  private static String evened(OnnxGraph graph, String input, String value, float[] divisors) {
    float[] factors = new float[divisors.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / divisors[i];
    }
    return graph.node("Mul", value, graph.floats(input + ".evening", FloatTensor.vector(factors)));
  }

  /**
   * @param sizes whose largest is worth {@code largest} bytes
   */
  private static RoundedInput quantised(
      OnnxGraph graph,
      float @Nullable [] offsets,
      float[] divisors,
      String even,
      String sizes,
      int largest,
      String zero) {
    String peak = graph.node("ReduceMax", List.of(sizes), attribute("axes", List.of(-1L)));
    String scales =
        graph.node(
            "Div",
            graph.node("Max", peak, graph.scalar("smallest_peak", 1e-12)),
            graph.scalar("largest_byte_" + largest, largest));
    String bytes =
        graph.node(
            "QuantizeLinear", graph.node("Div", even, scales), graph.scalar("unit", 1), zero);
    return new RoundedInput(offsets, divisors, bytes, zero, scales);
  }

  private static float[] divisors(InputMoments moments, FloatTensor weight) {
    double[] peaks = moments.peaks();
    double[] weights = new double[peaks.length];
    for (int i = 0; i < weight.values().length; i++) {
      int column = i % peaks.length;
      weights[column] = Math.max(weights[column], Math.abs(weight.values()[i]));
    }
    double[] shared = new double[peaks.length];
    double logarithms = 0;
    for (int i = 0; i < shared.length; i++) {
      shared[i] =
          Math.pow(Math.max(peaks[i], SMALLEST), SHARE)
              / Math.pow(Math.max(weights[i], SMALLEST), 1 - SHARE);
      logarithms += Math.log(shared[i]);
    }
    double usual = Math.exp(logarithms / shared.length);
    float[] divisors = new float[shared.length];
    for (int i = 0; i < divisors.length; i++) {
      divisors[i] = (float) (shared[i] / usual);
    }
    return divisors;
  }

  /** What the integers were made of. */
  InputMoments moments(InputMoments inputs) {
    return (offsets == null ? inputs : inputs.less(offsets)).dividedBy(divisors);
  }
}
