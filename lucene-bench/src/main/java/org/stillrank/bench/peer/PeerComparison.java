/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.speed.Median;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * Stillrank's BM25 and Anserini's on one collection, whole processes in turn: index and search,
 * then search alone. Stillrank measures its run in the same process, Anserini does not.
 */
public final class PeerComparison {
  /** Seconds of one phase, one value for each repeat. */
  public record Times(String phase, List<Double> stillrank, List<Double> anserini) {
    /** Stillrank's median over Anserini's: below 1 Stillrank is faster. */
    public double ratio() {
      return Median.of(stillrank) / Median.of(anserini);
    }
  }

  /** What was found for a collection. */
  public record Result(String collection, List<Times> times, RunAgreement agreement) {}

  private final BeirCollection collection;
  private final List<String> stillrank;
  private final Anserini anserini;
  private final Path work;
  private final Settings settings;

  /**
   * How to compare.
   *
   * @param stillrank the command line up to and without the options of {@code bench run}
   * @param java runs Anserini's jar
   * @param work a folder for indexes and runs; its content is overwritten
   */
  public record Settings(
      Path data,
      String split,
      int hits,
      int repeats,
      List<String> stillrank,
      Path java,
      Path jar,
      Path work) {}

  private PeerComparison(Settings settings) {
    this.settings = settings;
    this.collection = BeirCollection.open(settings.data());
    this.work = settings.work().resolve(collection.name());
    this.stillrank = settings.stillrank();
    this.anserini = new Anserini(settings.java(), settings.jar(), work.resolve("anserini"));
  }

  /**
   * @throws org.stillrank.reranker.input.InvalidInputException if one of the two fails
   */
  public static Result run(Settings settings, Progress.Display display) throws IOException {
    return new PeerComparison(settings).run(display);
  }

  private Result run(Progress.Display display) throws IOException {
    anserini.prepare(collection, settings.split());
    Times both = new Times("index and search", new ArrayList<>(), new ArrayList<>());
    Times search = new Times("search", new ArrayList<>(), new ArrayList<>());
    try (Progress progress = display.start("time " + collection.name(), 2L * settings.repeats())) {
      for (int i = 0; i < settings.repeats(); i++) {
        AtomicOutput.delete(work.resolve("indexes"));
        both.stillrank().add(stillrank());
        search.stillrank().add(stillrank());
        progress.step(1);
        double index = time(anserini.index());
        double searching = time(anserini.search(settings.hits()));
        both.anserini().add(index + searching);
        search.anserini().add(searching);
        progress.step(1);
      }
    }
    Run ours = RunFile.read(work.resolve("out/bm25.run"));
    return new Result(
        collection.name(),
        List.of(both, search),
        RunAgreement.of(RunFile.read(anserini.run()), ours));
  }

  private double stillrank() throws IOException {
    List<String> command = new ArrayList<>(stillrank);
    command.addAll(List.of("--data", settings.data().toString(), "--split", settings.split()));
    command.addAll(List.of("--hits", "" + settings.hits()));
    command.addAll(List.of("--index-home", work.resolve("indexes").toString()));
    command.addAll(List.of("--out", work.resolve("out").toString()));
    return time(command);
  }

  private double time(List<String> command) throws IOException {
    return TimedProcess.seconds(command, work.resolve("last.log"));
  }
}
