/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * What batches of like length save on real pairs: each step is done with them and with one batch
 * padded to the longest pair, in turns. The loss is the same either way.
 *
 * @param texts where the pairs are from
 * @param shape the steps
 * @param tokens of each step's pairs, padding not counted
 * @param longest tokens of each step's longest pair
 * @param grouped seconds of each step in length groups
 * @param padded seconds of the same step padded to its longest pair
 */
public record GroupingFigures(
    String texts,
    StepShape shape,
    List<Long> tokens,
    List<Integer> longest,
    List<StepSeconds> grouped,
    List<StepSeconds> padded) {
  public GroupingFigures {
    tokens = List.copyOf(tokens);
    longest = List.copyOf(longest);
    grouped = List.copyOf(grouped);
    padded = List.copyOf(padded);
  }

  /** Queries that fill so many steps, and those before that do not count. */
  public static int queries(StepShape shape, int steps) {
    return (Turns.WARM_UP + steps) * shape.queries();
  }

  /**
   * Measures.
   *
   * @param workload queries with {@link StepShape#LIST} hits each; when the steps are more than
   *     they fill, they come again
   * @param tokenizerJson whose ids the network's vocabulary has
   */
  public static GroupingFigures measure(
      StepShape shape,
      int threads,
      int steps,
      SpeedWorkload workload,
      Path tokenizerJson,
      Progress.Display display)
      throws IOException {
    RealPairs pairs = RealPairs.of(workload, tokenizerJson, shape);
    try (Progress progress =
            display.start("Steps over " + pairs.name(), 2L * (Turns.WARM_UP + steps));
        StepBenchmark benchmark = new StepBenchmark(shape, threads)) {
      List<List<StepSeconds>> taken =
          Turns.take(
              List.of(
                  round -> benchmark.step(pairs.ofRound(round), Batching.LENGTH_GROUPS),
                  round -> benchmark.step(pairs.ofRound(round), Batching.PADDED_TO_LONGEST)),
              steps,
              progress);
      List<List<TokenPair>> counted =
          IntStream.range(Turns.WARM_UP, Turns.WARM_UP + steps).mapToObj(pairs::ofRound).toList();
      return new GroupingFigures(
          pairs.name(),
          shape,
          counted.stream().map(GroupingFigures::tokens).toList(),
          counted.stream().map(GroupingFigures::longest).toList(),
          taken.getFirst(),
          taken.getLast());
    }
  }

  private static long tokens(List<TokenPair> pairs) {
    return pairs.stream().mapToLong(TokenPair::length).sum();
  }

  private static int longest(List<TokenPair> pairs) {
    return pairs.stream().mapToInt(TokenPair::length).max().orElse(0);
  }

  /** Tokens of a pair, on average. */
  public double meanTokens() {
    return tokens.stream().mapToLong(Long::longValue).sum()
        / (double) tokens.size()
        / shape.pairs();
  }

  /** Seconds of the middle one of these steps. */
  public static double median(List<StepSeconds> steps) {
    return Turns.median(steps.stream().map(StepSeconds::step).toList());
  }

  /** How many times as fast length groups are: the median over the steps. */
  public double timesAsFast() {
    return Turns.median(
        IntStream.range(0, grouped.size())
            .mapToObj(step -> padded.get(step).step() / grouped.get(step).step())
            .toList());
  }
}
