/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stillrank.bench.load.LoadPoint;
import org.stillrank.bench.load.LoadSeries;
import org.stillrank.bench.load.LoadSettings;
import org.stillrank.bench.load.MeasuredTime;
import org.stillrank.bench.load.QueryStream;
import org.stillrank.bench.load.Searches;
import org.stillrank.bench.load.TimedAnswer;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.training.StopRequest;

/**
 * Load on a server, one point after another, after each search was asked for a while. Clients go on
 * from the warm-up into the measured time without a pause, and every search that they asked is
 * waited for. Every point begins the same order of queries anew.
 *
 * @param queries that clients ask
 * @param others what another user asks beside them
 * @param stop ends it; what was not measured to its end is left out
 */
public record LoadRun(
    LoadSettings settings, List<String> queries, LoadedSearch others, StopRequest stop) {
  /**
   * What was measured.
   *
   * @param series in the order of the searches
   * @param idle the other user's searches while nobody else asks
   */
  public record Measured(List<LoadSeries> series, Searches idle) {}

  /** Measures every search with every number of clients, and at last the idle server. */
  public Measured run(List<LoadedSearch> searches, Progress.Display display)
      throws InterruptedException {
    List<LoadSeries> series = new ArrayList<>();
    int points = searches.size() * (settings.clients().size() + 1) + 1;
    try (Progress progress = display.start("load", points)) {
      for (LoadedSearch search : searches) {
        progress.note(search.name() + ", to settle");
        progress.step(settled(search) ? 1 : 0);
      }
      for (LoadedSearch search : searches) {
        List<LoadPoint> measured = new ArrayList<>();
        for (int clients : settings.clients()) {
          progress.note(search.name() + ", clients " + clients);
          Optional<LoadPoint> point = point(search, clients, measuredTime());
          point.ifPresent(measured::add);
          progress.step(point.isPresent() ? 1 : 0);
        }
        if (!measured.isEmpty()) {
          series.add(new LoadSeries(search.name(), measured));
        }
      }
      progress.note("idle");
      // Last, when the server is as warm as it gets: a slow beginning would flatter the load.
      Optional<LoadPoint> idle = point(others, 0, measuredTime());
      progress.step(idle.isPresent() ? 1 : 0);
      return new Measured(series, idle.map(LoadPoint::others).orElseGet(Searches::none));
    }
  }

  /** What a server compiles for its first searches would count as what it does for the others. */
  private boolean settled(LoadedSearch search) throws InterruptedException {
    MeasuredTime time = MeasuredTime.after(0, settings.settleSeconds());
    return point(search, Runtime.getRuntime().availableProcessors(), time).isPresent();
  }

  private MeasuredTime measuredTime() {
    return MeasuredTime.after(settings.warmUpSeconds(), settings.seconds());
  }

  private Optional<LoadPoint> point(LoadedSearch search, int clients, MeasuredTime time)
      throws InterruptedException {
    if (stop.pending()) {
      return Optional.empty();
    }
    QueryStream stream = new QueryStream(queries, settings.seed());
    QueryStream otherStream = new QueryStream(queries, settings.seed() + 1);
    List<Future<List<TimedAnswer>>> loading = new ArrayList<>();
    Future<List<TimedAnswer>> other;
    // Virtual threads would be woken up by way of others, which wait for a processor too.
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (int i = 0; i < clients; i++) {
        loading.add(threads.submit(new Client(search, stream, Pace.eager(), time.end())));
      }
      other = threads.submit(new Client(others, otherStream, Pace.low(), time.end()));
      threads.shutdown();
      while (!threads.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        if (stop.pending()) {
          threads.shutdownNow();
        }
      }
    }
    if (stop.pending()) {
      return Optional.empty();
    }
    List<TimedAnswer> answers = new ArrayList<>();
    for (Future<List<TimedAnswer>> each : loading) {
      answers.addAll(answers(each));
    }
    return Optional.of(LoadPoint.of(clients, time, answers, answers(other)));
  }

  private static List<TimedAnswer> answers(Future<List<TimedAnswer>> client)
      throws InterruptedException {
    try {
      return client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed", e.getCause());
    }
  }
}
