/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.load.LoadCollection;
import org.stillrank.bench.load.LoadFiles;
import org.stillrank.bench.load.LoadReport;
import org.stillrank.bench.load.LoadSettings;
import org.stillrank.bench.load.LoadTable;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.cluster.ServedWay;
import org.stillrank.distribution.load.LoadRun;
import org.stillrank.distribution.load.LoadedSearch;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench load}. */
@Command(
    name = "load",
    description = {
      "Lets clients ask a server queries of a BEIR folder, each again as soon as it is answered:",
      "BM25, and for each model the rescore clause and the cross_encoder retriever. Who is refused",
      "asks again after 100 ms. Measures latency, throughput, refusals, and how another user's BM25",
      "searches fare beside them.",
      "Ctrl-C ends it with what was measured so far."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchLoadCommand implements Callable<Integer> {
  private static final List<ServedWay> WAYS = List.of(ServedWay.CLAUSE, ServedWay.RETRIEVER);

  @Spec private CommandSpec spec;
  @Mixin private ElasticsearchOption elasticsearch;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: all documents are indexed, all queries are asked.")
  private Path data;

  @Option(names = "--model", paramLabel = NamedModels.LABEL, description = NamedModels.DESCRIPTION)
  private List<String> models = List.of();

  @Option(names = "--window", description = "Hits that are reranked.", defaultValue = "100")
  private int window;

  @Option(
      names = "--passages",
      paramLabel = "WAY",
      description =
          "What models read of a text: beginning, or windows as in bench passages, such as"
              + " length=96,max=2; may be repeated.",
      defaultValue = PassageOptions.BEGINNING)
  private List<String> passages;

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description = "At a time; several are measured one after another.",
      defaultValue = "1,4,16,64")
  private List<Integer> clients;

  @Option(
      names = "--seconds",
      description = "Measured for each search and number of clients.",
      defaultValue = "30")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Before these, under the same load.",
      defaultValue = "5")
  private double warmUp;

  @Mixin private SettleOption settle;

  @Option(names = "--seed", description = "Of the order of queries.", defaultValue = "1")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "Gets load.json and load.html.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadSettings settings =
        new LoadSettings(clients, seconds, warmUp, settle.seconds(), window, seed);
    List<Passages> ways = passages.stream().map(PassageOptions::parse).toList();
    if (out != null) {
      LoadFiles.requireFolder(out);
    }
    LoadCollection collection = LoadCollection.read(BeirCollection.open(data));
    List<ModelBundle> bundles = NamedModels.open(models);
    try (ElasticsearchOption.Target target = elasticsearch.open(bundles)) {
      ServedModel.requireUncached(target.client());
      for (ModelBundle bundle : bundles) {
        ServedModel.requireSame(target.client(), bundle);
      }
      int exit;
      try (SignalledStop stop = new SignalledStop()) {
        exit = report(measured(target, collection, bundles, ways, settings, stop), stop);
      }
      target.done();
      return exit;
    }
  }

  private static LoadReport measured(
      ElasticsearchOption.Target target,
      LoadCollection collection,
      List<ModelBundle> bundles,
      List<Passages> passages,
      LoadSettings settings,
      SignalledStop stop)
      throws IOException, InterruptedException {
    Progress.Display display = Progress.onStandardError();
    String name = SearchIndex.nameFor("stillrank-load", collection.folder());
    SearchIndex index =
        SearchIndex.create(target.client(), name, 1, collection.documents(), display);
    LoadRun.Measured measured;
    try {
      LoadedSearch bm25 = LoadedSearch.bm25(index);
      List<LoadedSearch> searches = new ArrayList<>(List.of(bm25));
      for (ModelBundle bundle : bundles) {
        for (Passages parts : passages) {
          WAYS.forEach(way ->
              searches.add(LoadedSearch.reranked(index, way, bundle, settings.window(), parts)));
        }
      }
      measured = new LoadRun(settings, collection.queries(), bm25, stop).run(searches, display);
    } finally {
      // A server of our own goes with all that is in it, and a signal may have ended it already.
      if (!target.isOurs()) {
        index.close();
      }
    }
    return new LoadReport(
        collection.folder().name(),
        collection.queries().size(),
        collection.documents().size(),
        Runtime.getRuntime().availableProcessors(),
        settings,
        measured.idle(),
        measured.series());
  }

  private int report(LoadReport report, SignalledStop stop) throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    to.print(LoadTable.of(report));
    if (stop.pending()) {
      to.println("stopped; these are the points that were measured, and no file is written");
      to.flush();
      return ExitCode.SOFTWARE;
    }
    to.flush();
    if (out != null) {
      LoadFiles.write(out, report);
    }
    return ExitCode.OK;
  }
}
