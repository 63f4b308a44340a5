/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stillrank.distribution.cluster.ClusterClient;
import org.stillrank.distribution.cluster.NodeAddress;
import org.stillrank.distribution.cluster.ServedModel;
import org.stillrank.distribution.server.LocalServer;
import org.stillrank.distribution.server.NodeConfig;
import org.stillrank.distribution.server.PluginZip;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.input.InvalidInputException;
import picocli.CommandLine.Option;

/** Which Elasticsearch a command works with. */
final class ElasticsearchOption {
  private static final String LOCAL = "local";
  private static final String HEAP = "-Xms512m -Xmx512m";

  @Option(
      names = "--elasticsearch",
      paramLabel = "URL|local",
      description =
          "Let models score in the rescore clause of this server, where they must be installed, or"
              + " of one that is started for this run (local; a copy of ES_HOME if that is set). An"
              + " API key is taken from ES_API_KEY.")
  private @Nullable String where;

  @Option(
      names = "--setting",
      paramLabel = "NAME=VALUE",
      description =
          "Of the server that is started for this run, such as stillrank.model.workers=1;"
              + " repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Whether one is wanted at all.
   *
   * @throws InvalidInputException when it is not, and has settings
   */
  boolean isGiven() {
    if (where == null && !settings.isEmpty()) {
      throw new InvalidInputException(
          "--setting " + settings + " is for a server; give --elasticsearch [" + LOCAL + "] too");
    }
    return where != null;
  }

  /** A cluster, and the server behind it if it is ours. */
  record Target(ClusterClient client, @Nullable LocalServer server) implements AutoCloseable {
    /** Whether the server was started for this run. */
    boolean isOurs() {
      return server != null;
    }

    /** The server's folder goes too. */
    void done() {
      if (server != null) {
        server.done();
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      if (server != null) {
        server.close();
      }
    }
  }

  /** Connects, after starting a server with the models where that is wanted. */
  Target open(List<ModelBundle> models) throws IOException {
    String given = where == null ? LOCAL : where;
    if (!given.equals(LOCAL)) {
      if (!settings.isEmpty()) {
        throw new InvalidInputException(
            "--setting "
                + settings
                + " is for a server that is started for this run, and --elasticsearch ["
                + NodeAddress.withoutUser(given)
                + "] runs; leave it out, or set it there");
      }
      return new Target(ClusterClient.at(uri(given), System.getenv(ClusterClient.API_KEY)), null);
    }
    // What is measured is what the model takes.
    NodeConfig node = NodeConfig.alone().with("stillrank.score_cache.size", "0b");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      node = node.with(setting.getKey(), setting.getValue());
    }
    LocalServer server = started(models, node);
    return new Target(ClusterClient.at(server.address(), null), server);
  }

  /** A server of our own with these models. */
  static LocalServer started(List<ModelBundle> models, NodeConfig node) throws IOException {
    Map<String, Path> folders = new LinkedHashMap<>();
    models.forEach(model -> folders.put(ServedModel.serverId(model), model.directory()));
    String installation = System.getenv(LocalServer.ES_HOME);
    return LocalServer.start(
        new LocalServer.Parts(
            installation == null ? null : Path.of(installation),
            PluginZip.below(Path.of(System.getProperty("stillrank.root", "."))),
            folders,
            node,
            HEAP));
  }

  private static URI uri(String given) {
    try {
      return URI.create(given);
    } catch (IllegalArgumentException e) {
      // Whose message has the password.
      throw new InvalidInputException(
          "--elasticsearch ["
              + NodeAddress.withoutUser(given)
              + "]: give an address such as http://127.0.0.1:9200, or ["
              + LOCAL
              + "]");
    }
  }
}
