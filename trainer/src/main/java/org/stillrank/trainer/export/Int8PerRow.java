/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import static org.stillrank.trainer.export.OnnxGraph.attribute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights and activations as 8-bit integers, multiplied as such. Each token of each pair has a
 * scale of its own, found while it is scored, so no score depends on its batch.
 *
 * <p>Inputs of unlike size are evened out before, at the cost of the weights (SmoothQuant, Xiao et
 * al. 2022, arXiv:2211.10438, equation 4 with half to each side). The products are ONNX Runtime's
 * {@code MatMulIntegerToFloat}: other runtimes do not know it.
 */
final class Int8PerRow implements WeightFormat {
  private static final double SHARE = 0.5;
  private static final double SMALLEST = 1e-5;
  private static final int LARGEST = 127;
  // Processors without VNNI add two products of an unsigned and a signed byte in 16 bits: beyond
  // this they would saturate, silently, and give other scores. 255 * 64 * 2 is below 2^15.
  private static final int LARGEST_WEIGHT = 64;

  private final Calibration calibration;
  private final Map<String, Rounded> inputs = new HashMap<>();

  Int8PerRow(Calibration calibration) {
    this.calibration = calibration;
  }

  /**
   * An input as integers.
   *
   * @param divisors of its numbers, before rounding
   * @param bytes unsigned, 128 for 0
   * @param scales of its rows, [..., 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Rounded(float[] divisors, String bytes, String scales) {}

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    // Layers that read the same input share its integers, evened out for the first of them.
    Rounded rounded =
        inputs.computeIfAbsent(input, key -> rounded(graph, key, divisors(name, weight)));
    RoundedRows rows =
        RoundedRows.compensated(
            weight.timesColumns(rounded.divisors()),
            calibration.moments(name).dividedBy(rounded.divisors()),
            LARGEST_WEIGHT);
    long[] transposed = {weight.shape()[1], weight.shape()[0]};
    String product =
        graph.runtimeNode(
            "MatMulIntegerToFloat",
            List.of(
                rounded.bytes(),
                graph.bytes(name, transposed, rows.transposedBytes()),
                graph.scalar("unit", 1),
                graph.floats(
                    name + ".scale",
                    new FloatTensor(new long[] {rows.scales().length}, rows.scales())),
                zero(graph)));
    return graph.node("Mul", product, rounded.scales());
  }

  private static Rounded rounded(OnnxGraph graph, String input, float[] divisors) {
    float[] factors = new float[divisors.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / divisors[i];
    }
    String even =
        graph.node(
            "Mul",
            input,
            graph.floats(
                input + ".evening", new FloatTensor(new long[] {factors.length}, factors)));
    String peak =
        graph.node("ReduceMax", List.of(graph.node("Abs", even)), attribute("axes", List.of(-1L)));
    String scales =
        graph.node(
            "Div",
            graph.node("Max", peak, graph.scalar("smallest_peak", 1e-12)),
            graph.scalar("largest_byte", LARGEST));
    String bytes =
        graph.node(
            "QuantizeLinear",
            graph.node("Div", even, scales),
            graph.scalar("unit", 1),
            zero(graph));
    return new Rounded(divisors, bytes, scales);
  }

  private float[] divisors(String name, FloatTensor weight) {
    double[] peaks = calibration.moments(name).peaks();
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

  private static String zero(OnnxGraph graph) {
    return graph.unsignedByte("zero_byte", LARGEST + 1);
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
