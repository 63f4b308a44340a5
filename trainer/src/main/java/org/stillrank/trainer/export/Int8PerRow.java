/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights and activations as 8-bit integers, multiplied as such. Each token of each pair has a
 * scale of its own, found while it is scored, so no score depends on its batch.
 *
 * <p>Inputs of unlike size are evened out before, at the cost of the weights (SmoothQuant, Xiao et
 * al. 2022, arXiv:2211.10438, equation 4 with half to each side). Numbers that hardly go below 0,
 * as behind a GELU, are counted from their lowest value on, so that all eight bits are theirs
 * (channels are shifted in Outlier Suppression+ too, Wei et al. 2023, arXiv:2304.09145); what the
 * layer makes of the lowest values is a constant. The products are ONNX Runtime's {@code
 * MatMulIntegerToFloat}: other runtimes do not know it.
 */
final class Int8PerRow implements WeightFormat {
  private static final double SHARE = 0.5;
  private static final double SMALLEST = 1e-5;
  private static final int LARGEST = 127;
  private static final int LARGEST_UNSIGNED = 255;
  private final Calibration calibration;
  private final Map<String, Rounded> inputs = new HashMap<>();

  Int8PerRow(Calibration calibration) {
    this.calibration = calibration;
  }

  /**
   * An input as integers.
   *
   * @param offsets of its numbers, subtracted first; none when it has two sides
   * @param divisors of its numbers, before rounding
   * @param bytes unsigned
   * @param zero the byte that stands for 0
   * @param scales of its rows, [..., 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Rounded(
      float @Nullable [] offsets, float[] divisors, String bytes, String zero, String scales) {
    InputMoments moments(InputMoments inputs) {
      return (offsets == null ? inputs : inputs.less(offsets)).dividedBy(divisors);
    }
  }

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    InputMoments moments = calibration.moments(name);
    // Layers that read the same input share its integers, evened out for the first of them.
    Rounded rounded = inputs.computeIfAbsent(input, key -> rounded(graph, key, moments, weight));
    RoundedRows rows =
        RoundedRows.compensated(
            weight.timesColumns(rounded.divisors()),
            rounded.moments(moments),
            ByteRange.NEIGHBOURS);
    long[] transposed = {weight.shape()[1], weight.shape()[0]};
    String product =
        graph.runtimeNode(
            "MatMulIntegerToFloat",
            List.of(
                rounded.bytes(),
                graph.bytes(name, transposed, rows.transposedBytes()),
                graph.scalar("unit", 1),
                graph.floats(name + ".scale", vector(rows.scales())),
                rounded.zero()));
    String scaled = graph.node("Mul", product, rounded.scales());
    return rounded.offsets() == null
        ? scaled
        : graph.node(
            "Add", scaled, graph.floats(name + ".offset", answer(weight, rounded.offsets())));
  }

  private static Rounded rounded(
      OnnxGraph graph, String input, InputMoments moments, FloatTensor weight) {
    if (!moments.isOneSided()) {
      float[] divisors = divisors(moments, weight);
      String even = evened(graph, input, input, divisors);
      String zero = graph.unsignedByte("zero_byte", LARGEST + 1);
      return quantised(graph, null, divisors, even, graph.node("Abs", even), LARGEST, zero);
    }
    float[] lowest = moments.lowest();
    float[] divisors = divisors(moments.less(lowest), weight);
    String above = graph.node("Sub", input, graph.floats(input + ".lowest", vector(lowest)));
    String even = evened(graph, input, above, divisors);
    String zero = graph.unsignedByte("lowest_byte", 0);
    return quantised(graph, lowest, divisors, even, even, LARGEST_UNSIGNED, zero);
  }

  private static String evened(OnnxGraph graph, String input, String value, float[] divisors) {
    float[] factors = new float[divisors.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / divisors[i];
    }
    return graph.node("Mul", value, graph.floats(input + ".evening", vector(factors)));
  }

  /**
   * @param sizes whose largest is worth {@code largest} bytes
   */
  private static Rounded quantised(
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
    return new Rounded(offsets, divisors, bytes, zero, scales);
  }

  /** What a layer makes of an input, without its bias. */
  private static FloatTensor answer(FloatTensor weight, float[] input) {
    float[] answer = new float[Math.toIntExact(weight.shape()[0])];
    for (int row = 0; row < answer.length; row++) {
      double sum = 0;
      for (int i = 0; i < input.length; i++) {
        sum += (double) weight.values()[row * input.length + i] * input[i];
      }
      answer[row] = (float) sum;
    }
    return vector(answer);
  }

  private static FloatTensor vector(float[] values) {
    return new FloatTensor(new long[] {values.length}, values);
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

  @Override
  public String lookup(OnnxGraph graph, String name, FloatTensor table, String ids) {
    return Int8Table.lookup(graph, name, table, ids);
  }

  /** The trained weight: what is lost here and in the activations, the check allows together. */
  @Override
  public FloatTensor keptMatrix(String name, FloatTensor weight) {
    return weight;
  }

  @Override
  public FloatTensor keptTable(FloatTensor table) {
    return Int8Table.kept(table);
  }

  @Override
  public Agreement agreement() {
    return Agreement.CLOSE;
  }
}
