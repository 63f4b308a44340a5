/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.stillrank.trainer.encoder.Device;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.Targets;

/**
 * An objective on given scores, with the loss and the gradient that another implementation found.
 *
 * @param name of the case, for tables and messages
 * @param objective the objective
 * @param targets what is known about the lists
 * @param scores the student's, one list for each query, not padded
 * @param expected by the other implementation
 */
public record ObjectiveCase(
    String name, Objective objective, Targets targets, List<List<Double>> scores, Result expected) {

  /**
   * What an objective gives.
   *
   * @param loss the mean over the batch
   * @param gradient of the loss in the scores, shaped as they are
   */
  public record Result(double loss, List<List<Double>> gradient) {
    public Result {
      gradient = gradient.stream().map(List::copyOf).toList();
    }
  }

  /**
   * How far a result is from the expected one.
   *
   * @param loss relative to the expected loss
   * @param gradient the largest of all elements, relative to the largest expected element
   */
  public record Deviation(double loss, double gradient) {
    /** The larger one; not a number where either is not. */
    public double largest() {
      return Math.max(loss, gradient);
    }
  }

  public ObjectiveCase {
    scores = scores.stream().map(List::copyOf).toList();
  }

  /**
   * Computes loss and gradient.
   *
   * @param type float32 or float64
   * @param device opened, where it is computed
   */
  public Result evaluate(ScalarType type, Device device) {
    try (PointerScope scope = new PointerScope()) {
      int width = targets.longest();
      double[] cells = new double[scores.size() * width];
      for (int query = 0; query < scores.size(); query++) {
        for (int column = 0; column < scores.get(query).size(); column++) {
          cells[query * width + column] = scores.get(query).get(column);
        }
      }
      Tensor given = AbstractTensor.create(cells, scores.size(), width).to(type);
      Tensor student = device.place(given).requires_grad_(true);
      Tensor loss = objective.loss(student, targets);
      loss.backward();
      return new Result(loss.item_double(), unpadded(student.grad()));
    }
  }

  private List<List<Double>> unpadded(Tensor gradient) {
    double[] cells = new double[Math.toIntExact(gradient.numel())];
    DoublePointer data = gradient.cpu().to(ScalarType.Double).contiguous().data_ptr_double();
    data.get(cells);
    int width = targets.longest();
    return IntStream.range(0, scores.size())
        .mapToObj(query ->
            Arrays.stream(cells, query * width, query * width + scores.get(query).size())
                .boxed()
                .toList())
        .toList();
  }

  /** Evaluates and compares; not a number where the objective gave one. */
  public Deviation deviation(ScalarType type, Device device) {
    Result actual = evaluate(type, device);
    double[] wanted = flat(expected.gradient());
    double[] found = flat(actual.gradient());
    double[] differences = new double[wanted.length];
    Arrays.setAll(differences, i -> Math.abs(found[i] - wanted[i]));
    double scale = Arrays.stream(wanted).map(Math::abs).max().orElseThrow();
    return new Deviation(
        relative(Math.abs(actual.loss() - expected.loss()), Math.abs(expected.loss())),
        relative(Arrays.stream(differences).max().orElseThrow(), scale));
  }

  private static double relative(double difference, double scale) {
    return difference == 0 ? 0 : difference / scale;
  }

  private static double[] flat(List<List<Double>> rows) {
    return rows.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
  }
}
