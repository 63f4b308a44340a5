/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * How long a step takes, alone or in turns with a peer's; every figure is of the medians.
 *
 * @param shape the step
 * @param matrixRate floating-point operations a second of {@link MatrixRate}, measured once in each
 *     round
 * @param ours of each step
 * @param peers of each step of the peer; empty without one
 * @param peer its libraries and their versions; empty without one
 */
public record StepFigures(
    StepShape shape,
    double matrixRate,
    List<StepSeconds> ours,
    List<StepSeconds> peers,
    String peer) {
  public StepFigures {
    ours = List.copyOf(ours);
    peers = List.copyOf(peers);
  }

  /**
   * Measures.
   *
   * @param threads of either
   * @param interpreter the peer's Python, or null for none
   */
  public static StepFigures measure(
      StepShape shape,
      int threads,
      int steps,
      @Nullable String interpreter,
      Progress.Display display)
      throws IOException {
    int contenders = interpreter == null ? 1 : 2;
    long total = (long) contenders * (Turns.WARM_UP + steps);
    try (Progress progress = display.start("Steps of " + shape.backbone(), total);
        StepBenchmark benchmark = new StepBenchmark(shape, threads);
        MatrixRate rate = new MatrixRate(shape.precision(), shape.device());
        PythonPeer peer =
            interpreter == null ? null : PythonPeer.start(interpreter, shape, threads)) {
      List<Double> rates = new ArrayList<>();
      List<TokenPair> pairs = StepBenchmark.randomPairs(shape);
      List<TimedStep> turns = new ArrayList<>();
      turns.add(round -> {
        rates.add(rate.measured());
        return benchmark.step(pairs, Batching.LENGTH_GROUPS);
      });
      if (peer != null) {
        turns.add(round -> peer.step());
      }
      List<List<StepSeconds>> taken = Turns.take(turns, steps, progress);
      return new StepFigures(
          shape,
          Turns.median(rates),
          taken.getFirst(),
          peer == null ? List.of() : taken.getLast(),
          peer == null ? "" : peer.versions());
    }
  }

  /** Seconds of a part. */
  public double seconds(StepPart part) {
    return median(ours, part);
  }

  /** Seconds of the peer's part. */
  public double peerSeconds(StepPart part) {
    return median(peers, part);
  }

  /** How many times as fast as the peer's a part is. */
  public double timesAsFast(StepPart part) {
    return peerSeconds(part) / seconds(part);
  }

  /** Query-passage pairs a second, if a step had this part only. */
  public double pairsPerSecond(StepPart part) {
    return shape.pairs() / seconds(part);
  }

  /** Tokens a second, if a step had this part only. */
  public double tokensPerSecond(StepPart part) {
    return pairsPerSecond(part) * shape.tokens();
  }

  /** Floating-point operations of a part's matrix products; see {@link MatrixWork}. */
  public double operations(StepPart part) {
    return part.forwards()
        * MatrixWork.forward(shape.architecture(), shape.pairs(), shape.tokens());
  }

  /**
   * {@code operations / seconds / matrixRate}: which share of a part's time the device would need
   * for its matrix products alone, at the rate of one large product.
   */
  public double shareOfMatrixRate(StepPart part) {
    return operations(part) / seconds(part) / matrixRate;
  }

  private static double median(List<StepSeconds> steps, StepPart part) {
    return Turns.median(steps.stream().map(each -> each.of(part)).toList());
  }
}
