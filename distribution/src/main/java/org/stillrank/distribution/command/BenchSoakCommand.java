/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.load.LoadCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.cluster.ServedWay;
import org.stillrank.distribution.load.LoadedSearch;
import org.stillrank.distribution.server.LocalServer;
import org.stillrank.distribution.server.NodeConfig;
import org.stillrank.distribution.soak.DeployedModel;
import org.stillrank.distribution.soak.ResidentMemory;
import org.stillrank.distribution.soak.Soak;
import org.stillrank.distribution.soak.SoakReport;
import org.stillrank.distribution.soak.SoakSettings;
import org.stillrank.distribution.soak.SoakTable;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.Passages;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench soak}. */
@Command(
    name = "soak",
    description = {
      "Loads a server of its own for long: clients of the rescore clause and of the cross_encoder",
      "retriever, as many that hang up before they are answered, scores kept, and reloads of the model,",
      "whose file is replaced before each by another one of the same meaning.",
      "Tells the server's resident memory in each tenth of the time, and what native resources are",
      "left when the model is unloaded. Exit code 1 when memory grew by more than 5 %% after the first",
      "three tenths, anything is left, or a search got another answer than its hits or 429. Linux."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchSoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: all documents are indexed, all queries are asked.")
  private Path data;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      required = true,
      description = "A model bundle or Hugging Face cross-encoder folder.")
  private Path model;

  @Option(names = "--minutes", description = "Of load.", defaultValue = "10")
  private double minutes;

  @Option(names = "--clients", description = "That wait; as many hang up.", defaultValue = "4")
  private int clients;

  @Option(names = "--window", description = "Hits that are reranked.", defaultValue = "100")
  private int window;

  @Option(
      names = "--reload",
      paramLabel = "SECONDS",
      description = "From one reload to the next.",
      defaultValue = "20")
  private double reload;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      description = "stillrank.score_cache.size of the server.",
      defaultValue = "1%")
  private String cache;

  @Option(names = "--seed", description = "Of the order of queries.", defaultValue = "1")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Duration reloads = Duration.ofNanos((long) (reload * 1e9));
    SoakSettings settings = new SoakSettings(minutes, clients, window, reloads, seed);
    LoadCollection collection = LoadCollection.read(BeirCollection.open(data));
    ModelBundle bundle = ModelBundle.open(model);
    NodeConfig node = NodeConfig.alone().with("stillrank.score_cache.size", cache);
    Optional<SoakReport> report;
    try (LocalServer server = ElasticsearchOption.started(List.of(bundle), node);
        ClusterClient client = ClusterClient.at(server.address(), null);
        SignalledStop stop = new SignalledStop()) {
      ServedModel.requireSame(client, bundle);
      long process =
          client.get("/_nodes/process").path("nodes").iterator().next().at("/process/id").asLong();
      String id = ServedModel.serverId(bundle);
      DeployedModel deployed = new DeployedModel(id, server.model(id));
      Soak soak = new Soak(settings, client, deployed, new ResidentMemory(process), stop);
      report = measured(soak, client, collection, bundle);
      server.done();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(report.map(SoakTable::of).orElse("stopped before its time; nothing is reported\n"));
    out.flush();
    return report.isPresent() && report.get().complaints().isEmpty()
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }

  private Optional<SoakReport> measured(
      Soak soak, ClusterClient client, LoadCollection collection, ModelBundle bundle)
      throws IOException, InterruptedException {
    Progress.Display display = Progress.onStandardError();
    SearchIndex index =
        SearchIndex.create(client, "stillrank-soak", 1, collection.documents(), display);
    List<LoadedSearch> searches =
        List.of(
            LoadedSearch.reranked(index, ServedWay.CLAUSE, bundle, window, Passages.beginning()),
            LoadedSearch.reranked(
                index, ServedWay.RETRIEVER, bundle, window, Passages.beginning()));
    return soak.run(searches, collection.queries(), display);
  }
}
