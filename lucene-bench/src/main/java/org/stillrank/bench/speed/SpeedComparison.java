/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload.Request;

/**
 * Seconds of each contender for each request, measured in turns: every request is scored by all of
 * them one after another, each time another one first, so that noise of the machine falls on all.
 *
 * @param contenders their names
 * @param seconds {@code [contenders][requests]}
 * @param cpuSeconds of all threads of the process, {@code [contenders][requests]}: what counts when
 *     other programs share the machine
 * @param pairs {@code [requests]}
 * @param largestDifference the largest difference of any contender's score to the first's
 */
public record SpeedComparison(
    List<String> contenders,
    List<List<Double>> seconds,
    List<List<Double>> cpuSeconds,
    List<Integer> pairs,
    double largestDifference) {
  private static final double NANOS = 1e9;

  /** Measures, after one request each that is not counted. */
  public static SpeedComparison run(
      SpeedWorkload workload, List<Contender> contenders, Progress.Display display) {
    List<Request> requests = workload.requests();
    List<List<Double>> seconds = new ArrayList<>();
    List<List<Double>> cpuSeconds = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      seconds.add(new ArrayList<>());
      cpuSeconds.add(new ArrayList<>());
    }
    double largestDifference = 0;
    long rounds = requests.size() + 1L;
    try (Progress progress =
        display.start("scoring " + workload.name(), rounds * contenders.size())) {
      for (int round = 0; round < rounds; round++) {
        Request request = requests.get(Math.max(0, round - 1));
        List<float[]> scores = new ArrayList<>(Collections.nCopies(contenders.size(), null));
        for (int turn = 0; turn < contenders.size(); turn++) {
          int contender = (turn + round) % contenders.size();
          double cpuStart = processCpuSeconds();
          long start = System.nanoTime();
          scores.set(
              contender, contenders.get(contender).score(request.query(), request.passages()));
          double elapsed = (System.nanoTime() - start) / NANOS;
          if (round > 0) {
            seconds.get(contender).add(elapsed);
            cpuSeconds.get(contender).add(processCpuSeconds() - cpuStart);
          }
          progress.step(1);
        }
        largestDifference = Math.max(largestDifference, largestDifference(scores));
      }
    }
    return new SpeedComparison(
        contenders.stream().map(Contender::name).toList(),
        seconds,
        cpuSeconds,
        requests.stream().map(request -> request.passages().size()).toList(),
        largestDifference);
  }

  /** The median of a contender's seconds for a request. */
  public double medianSeconds(int contender) {
    return Median.of(seconds.get(contender));
  }

  /** The median over the requests of one contender's time divided by another's. */
  public double medianRatio(int contender, int to) {
    return Median.ofRatios(seconds.get(contender), seconds.get(to));
  }

  /** The same of processor time. */
  public double medianCpuRatio(int contender, int to) {
    return Median.ofRatios(cpuSeconds.get(contender), cpuSeconds.get(to));
  }

  private static double processCpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(duration -> duration.toNanos() / NANOS)
        .orElse(Double.NaN);
  }

  /** Pairs scored in a second, over all requests. */
  public double pairsPerSecond(int contender) {
    double total = seconds.get(contender).stream().mapToDouble(Double::doubleValue).sum();
    return pairs.stream().mapToInt(Integer::intValue).sum() / total;
  }

  private static double largestDifference(List<float[]> scores) {
    double largest = 0;
    float[] first = scores.getFirst();
    for (float[] other : scores) {
      for (int i = 0; i < first.length; i++) {
        largest = Math.max(largest, Math.abs(first[i] - other[i]));
      }
    }
    return largest;
  }
}
