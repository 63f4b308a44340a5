/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillrank.trainer.weights.FloatTensor;

/**
 * Weights and activations as 8-bit integers, multiplied as such. Each token of each pair has a
 * scale of its own, found while it is scored ({@link RoundedInput}), so no score depends on its
 * batch. The products are ONNX Runtime's {@code MatMulIntegerToFloat}: other runtimes do not know
 * it.
 */
final class Int8PerRow implements WeightFormat {
  private final Calibration calibration;
  private final Map<String, RoundedInput> inputs = new HashMap<>();
  private final Map<String, String> firstInputs = new HashMap<>();

  Int8PerRow(Calibration calibration) {
    this.calibration = calibration;
  }

  @Override
  public String product(OnnxGraph graph, String name, String input, FloatTensor weight) {
    InputMoments moments = calibration.moments(name);
    // Layers that read the same input share its integers, evened out for the first of them.
    RoundedInput rounded =
        inputs.computeIfAbsent(input, key -> RoundedInput.of(graph, key, moments, weight));
    RoundedRows rows =
        RoundedRows.compensated(
            weight.timesColumns(rounded.divisors()),
            rounded.moments(moments),
            ByteRange.NEIGHBOURS);
    String constant = constant(name, input);
    long[] transposed = {weight.shape()[1], weight.shape()[0]};
    String product =
        graph.runtimeNode(
            "MatMulIntegerToFloat",
            List.of(
                rounded.bytes(),
                graph.bytes(constant, transposed, rows.transposedBytes()),
                graph.scalar("unit", 1),
                graph.floats(constant + ".scale", FloatTensor.vector(rows.scales())),
                rounded.zero()));
    String scaled = graph.node("Mul", product, rounded.scales());
    return rounded.offsets() == null
        ? scaled
        : graph.node(
            "Add", scaled, graph.floats(constant + ".offset", answer(weight, rounded.offsets())));
  }

  /** A weight that is read with two inputs (DeBERTa's) has integers for each. */
  private String constant(String name, String input) {
    String first = firstInputs.computeIfAbsent(name, key -> input);
    return first.equals(input) ? name : name + "." + input;
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
    return FloatTensor.vector(answer);
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
