/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.Median;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.PagedSearches;
import org.stillrank.distribution.cluster.SearchIndex;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.server.LocalServer;
import org.stillrank.distribution.server.NodeConfig;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench pages}. */
@Command(
    name = "pages",
    description = {
      "Times the second page of a reranked search, whose scores the server has kept, against the",
      "first, on a server of its own, and compares all pages with the hits of a server that keeps",
      "none."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BenchPagesCommand implements Callable<Integer> {
  private static final double MILLIS = 1e3;

  @Spec private CommandSpec spec;
  @Mixin private QueryOptions queries;

  @Option(names = "--window", description = "BM25 hits that are reranked.", defaultValue = "100")
  private int window;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      required = true,
      description = "A model bundle or Hugging Face cross-encoder folder.")
  private Path model;

  @Option(names = "--size", description = "Hits of a page.", defaultValue = "10")
  private int size;

  @Override
  public Integer call() throws IOException {
    if (size < 1 || size >= window) {
      throw new InvalidInputException(
          "--size [" + size + "]: give 1 or more, and less than the window of [" + window + "]");
    }
    Progress.Display display = Progress.onStandardError();
    BeirCollection collection = queries.collection();
    List<Topic> topics = Topic.spread(collection.topics(queries.split()), queries.queries());
    ModelBundle bundle = ModelBundle.open(model);
    PagedSearches searches;
    try (LocalServer server = ElasticsearchOption.started(List.of(bundle), NodeConfig.alone());
        ClusterClient client = ClusterClient.at(server.address(), null)) {
      ServedModel.requireSame(client, bundle);
      SearchIndex index =
          SearchIndex.create(client, "stillrank-pages", 1, collection.documents(), display);
      searches = PagedSearches.of(index, bundle, topics, window, size, display);
      server.done();
    }
    report(collection.name(), searches);
    return searches.unlike().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void report(String collection, PagedSearches searches) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s/%s, %d queries, window %d, pages of %d%n"
            + "first page %.1f ms, second page %.1f ms, %.1f times as fast (medians)%n"
            + "%d queries whose pages are not the hits of a server that keeps no scores%n",
        collection,
        queries.split(),
        searches.firstSeconds().size(),
        window,
        size,
        MILLIS * Median.of(searches.firstSeconds()),
        MILLIS * Median.of(searches.secondSeconds()),
        searches.medianRatio(),
        searches.unlike().size());
    searches.unlike().forEach(out::println);
    out.flush();
  }
}
