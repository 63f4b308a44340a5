/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.speed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload.Request;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

/**
 * What the size of requests costs when several clients send them at once: the same pairs as
 * requests of few documents and of many. Requests that shared batches with one another could not be
 * faster than the many, whose batches are full.
 */
public final class RequestSizeMeasurement {
  private static final int ROUNDS = 5;
  private static final double NANOS = 1e9;

  private RequestSizeMeasurement() {}

  /**
   * The speed of requests of one size.
   *
   * @param documents of a request, the last of a query's may have fewer
   * @param pairsPerSecond of all clients, the median of the rounds
   * @param medianSeconds of a request
   * @param ratio the median over the rounds of its speed to that of the largest size
   */
  public record RequestSpeed(
      int documents, double pairsPerSecond, double medianSeconds, double ratio) {}

  /**
   * Measures all sizes in turns, after one round that is not counted.
   *
   * @param documents sizes of requests, ascending
   * @param clients requests at the same time
   */
  public static List<RequestSpeed> run(
      ModelBundle bundle,
      SpeedWorkload workload,
      List<Integer> documents,
      int clients,
      Progress.Display display)
      throws IOException {
    requireSome(documents, clients);
    List<Samples> samples = documents.stream().map(Samples::ofRequests).toList();
    try (CrossEncoder encoder = CrossEncoder.open(bundle, ScoringOptions.defaults());
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        Progress progress =
            display.start("scoring " + workload.name(), (ROUNDS + 1L) * documents.size())) {
      for (int round = 0; round <= ROUNDS; round++) {
        for (Samples each : samples) {
          List<Request> requests = workload.inRequestsOf(each.documents()).requests();
          long start = System.nanoTime();
          List<Double> seconds = send(requests, encoder, threads, clients);
          double elapsed = (System.nanoTime() - start) / NANOS;
          if (round > 0) {
            each.speeds().add(pairs(requests) / elapsed);
            each.seconds().addAll(seconds);
          }
          progress.step(1);
        }
      }
    }
    List<Double> largest = samples.getLast().speeds();
    return samples.stream().map(each -> each.summary(largest)).toList();
  }

  private static void requireSome(List<Integer> documents, int clients) {
    if (clients < 1 || documents.isEmpty() || documents.getFirst() < 1) {
      throw new InvalidInputException(
          "["
              + clients
              + "] clients with requests of "
              + documents
              + " documents measure nothing;"
              + " give at least 1 of each");
    }
  }

  /**
   * What the rounds measured with requests of one size.
   *
   * @param speeds of a round in pairs a second
   * @param seconds of a request
   */
  private record Samples(int documents, List<Double> speeds, List<Double> seconds) {
    static Samples ofRequests(int documents) {
      return new Samples(documents, new ArrayList<>(), new ArrayList<>());
    }

    RequestSpeed summary(List<Double> largest) {
      return new RequestSpeed(
          documents, Median.of(speeds), Median.of(seconds), Median.ofRatios(speeds, largest));
    }
  }

  private static List<Double> send(
      List<Request> requests, CrossEncoder encoder, ExecutorService threads, int clients) {
    ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>(requests);
    Callable<List<Double>> client =
        () -> {
          List<Double> seconds = new ArrayList<>();
          @Nullable Request next;
          while ((next = waiting.poll()) != null) {
            long start = System.nanoTime();
            encoder.score(next.query(), next.passages(), Cancellation.NONE);
            seconds.add((System.nanoTime() - start) / NANOS);
          }
          return seconds;
        };
    List<Double> all = new ArrayList<>();
    try {
      for (Future<List<Double>> each : threads.invokeAll(Collections.nCopies(clients, client))) {
        all.addAll(each.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed while measuring", e.getCause());
    }
    return all;
  }

  private static int pairs(List<Request> requests) {
    return requests.stream().mapToInt(each -> each.passages().size()).sum();
  }
}
