/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.quickstart.Quickstart;
import org.stillrank.distribution.server.LocalServer;
import org.stillrank.distribution.server.NodeConfig;
import org.stillrank.reranker.bundle.ModelBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank quickstart}. */
@Command(
    name = "quickstart",
    description =
        "Starts an Elasticsearch with the plugin, indexes a collection, and searches it with and"
            + " without rescore. The server is Elastic's test distribution from Maven Central, or a"
            + " copy of ES_HOME if that is set; it and all it wrote are removed at the end.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class QuickstartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A BEIR folder in place of the demo collection.")
  private @Nullable Path data;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "A bundle or Hugging Face cross-encoder folder in place of base.")
  private @Nullable Path model;

  @Option(names = "--split", description = "Whose topics are searched.", defaultValue = "test")
  private String split;

  @Option(names = "--queries", description = "At most so many of them.", defaultValue = "50")
  private int queries;

  @Option(names = "--window", description = "Hits that are reranked.", defaultValue = "50")
  private int window;

  @Option(
      names = "--keep",
      description = "Leave the server running, and say how to use and stop it.")
  private boolean keep;

  @Override
  public Integer call() throws IOException {
    Path root = Path.of(System.getProperty("stillrank.root", ".")).resolve("distribution");
    BeirCollection collection = BeirCollection.open(data == null ? root.resolve("demo") : data);
    ModelBundle bundle = ModelBundle.open(model == null ? root.resolve("bundles/base") : model);
    PrintWriter out = spec.commandLine().getOut();
    Quickstart quickstart = Quickstart.of(collection, bundle, split, queries, window);
    long start = System.nanoTime();
    try (LocalServer server = ElasticsearchOption.started(List.of(bundle), NodeConfig.alone());
        ClusterClient client = ClusterClient.at(server.address(), null)) {
      out.printf(
          Locale.ROOT,
          "Elasticsearch with the plugin stillrank at %s, started in %.1f s%n",
          server.address(),
          (System.nanoTime() - start) / 1e9);
      out.flush();
      quickstart.run(client, out, Progress.onStandardError());
      out.println();
      if (keep) {
        long process = server.leaveRunning();
        out.println(
            "It runs on. To stop it and remove what it wrote: kill "
                + process
                + "; while kill -0 "
                + process
                + " 2>/dev/null; do sleep 0.2; done; rm -rf '"
                + server.folder()
                + "'");
      } else {
        out.println("The server stops now; --keep leaves it running.");
      }
      out.flush();
      server.done();
    }
    return ExitCode.OK;
  }
}
