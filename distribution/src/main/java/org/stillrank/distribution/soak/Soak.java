/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stillrank.bench.load.MeasuredTime;
import org.stillrank.bench.load.QueryStream;
import org.stillrank.bench.load.Searches;
import org.stillrank.bench.load.TimedAnswer;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.load.Client;
import org.stillrank.distribution.load.LoadedSearch;
import org.stillrank.distribution.load.Pace;
import org.stillrank.trainer.training.StopRequest;
import tools.jackson.databind.JsonNode;

/**
 * Full load on a server for long: clients that wait for their answers, as many that hang up, and
 * somebody who replaces the model's file and reloads it. All kinds of search ask the same queries,
 * so that some scores are kept already and others are not.
 *
 * @param model its files are replaced
 * @param memory of the server
 * @param stop ends it early
 */
public record Soak(
    SoakSettings settings,
    ClusterClient client,
    DeployedModel model,
    ResidentMemory memory,
    StopRequest stop) {
  private static final String STATISTICS = "/_stillrank/_stats";
  private static final int LONGEST_END_SECONDS = 60;

  private record Reading(long moment, long bytes) {}

  /**
   * Loads the server with these searches in turns, and frees the model in the end.
   *
   * @return empty when it was stopped, for a part of the time proves nothing
   */
  public Optional<SoakReport> run(
      List<LoadedSearch> searches, List<String> queries, Progress.Display display)
      throws IOException, InterruptedException {
    SortedMap<String, Integer> others = openAfterUnloading();
    // Open from now on, so that no search reads files that are being replaced.
    client.post(model.path() + "/_reload", "");
    JsonNode before = node();
    long begin = System.nanoTime();
    long end = begin + settings.nanos();
    List<Future<List<TimedAnswer>>> waiting = new ArrayList<>();
    List<Future<Long>> leaving = new ArrayList<>();
    Future<List<String>> reloading;
    List<Reading> readings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Progress progress = display.start("soak, seconds", settings.nanos() / 1_000_000_000)) {
      for (int i = 0; i < searches.size(); i++) {
        LoadedSearch search = searches.get(i);
        QueryStream stream = new QueryStream(queries, settings.seed());
        for (int c = i; c < settings.clients(); c += searches.size()) {
          waiting.add(threads.submit(new Client(search, stream, Pace.eager(), end)));
          Random random = new Random(settings.seed() + c);
          leaving.add(threads.submit(new Leaver(search, stream, end, random)));
        }
      }
      reloading = threads.submit(new Reloader(client, model, settings.reloads(), end));
      threads.shutdown();
      while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
        readings.add(new Reading(System.nanoTime(), residentBytes(threads)));
        progress.step(System.nanoTime() - end < 0 ? 1 : 0);
        if (stop.pending()) {
          threads.shutdownNow();
        }
      }
    }
    if (stop.pending()) {
      return Optional.empty();
    }
    List<TimedAnswer> answers = new ArrayList<>();
    for (Future<List<TimedAnswer>> each : waiting) {
      answers.addAll(result(each));
    }
    long left = 0;
    for (Future<Long> each : leaving) {
      left += result(each);
    }
    JsonNode after = node();
    return Optional.of(
        new SoakReport(
            parts(begin, readings, answers),
            left,
            result(reloading),
            count(after, "/score_cache/hits") - count(before, "/score_cache/hits"),
            count(after, "/score_cache/misses") - count(before, "/score_cache/misses"),
            leftOpen(others)));
  }

  /** Where the server is gone, clients would go on asking until the time is over. */
  private long residentBytes(ExecutorService clients) throws IOException {
    try {
      return memory.bytes();
    } catch (IOException | RuntimeException e) {
      clients.shutdownNow();
      throw e;
    }
  }

  private List<SoakPart> parts(long begin, List<Reading> readings, List<TimedAnswer> answers) {
    List<SoakPart> parts = new ArrayList<>();
    long length = settings.nanos() / SoakReport.PARTS;
    for (int i = 0; i < SoakReport.PARTS; i++) {
      MeasuredTime time = new MeasuredTime(begin + i * length, begin + (i + 1) * length);
      double minute = settings.minutes() * (i + 1) / SoakReport.PARTS;
      readings.stream()
          .filter(each -> time.holds(each.moment()))
          .mapToLong(Reading::bytes)
          .average()
          .ifPresent(bytes ->
              parts.add(new SoakPart(minute, bytes, Searches.of(time, answers).outcomes())));
    }
    return parts;
  }

  /** Whoever hung up may still be in a batch, which ends soon. */
  private SortedMap<String, Integer> leftOpen(Map<String, Integer> others) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
    while (true) {
      SortedMap<String, Integer> open = openAfterUnloading();
      others.forEach((kind, count) -> open.merge(kind, -count, Integer::sum));
      open.values().removeIf(count -> count <= 0);
      if (open.isEmpty() || System.nanoTime() - end > 0) {
        return open;
      }
    }
  }

  private SortedMap<String, Integer> openAfterUnloading() throws IOException {
    client.post(model.path() + "/_unload", "");
    SortedMap<String, Integer> open = new TreeMap<>();
    node()
        .at("/native_memory/open")
        .properties()
        .forEach(each -> open.put(each.getKey(), each.getValue().asInt()));
    return open;
  }

  private JsonNode node() throws IOException {
    return client.get(STATISTICS).path("nodes").iterator().next();
  }

  private static long count(JsonNode node, String at) {
    return node.at(at).asLong();
  }

  private static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    }
  }
}
