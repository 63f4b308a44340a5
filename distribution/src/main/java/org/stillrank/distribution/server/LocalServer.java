/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.storage.AtomicOutput;

/**
 * A node with the plugin and models, in a new folder of its own below the system's temporary
 * folder. An installation that the user names is copied, never written to.
 */
public final class LocalServer implements AutoCloseable {
  /** Names an installation to use in place of the one that is fetched. */
  public static final String ES_HOME = "ES_HOME";

  private final Path folder;
  private final EsServer server;
  private final Thread interrupted;
  private boolean done;

  private LocalServer(Path folder, EsServer server) {
    this.folder = folder;
    this.server = server;
    this.interrupted = new Thread(this::removeAll, "remove " + folder.getFileName());
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  /** Who interrupts a command does not ask for its logs. */
  private void removeAll() {
    try {
      server.close();
      AtomicOutput.delete(folder);
    } catch (IOException e) {
      System.err.println("[" + folder + "] was not removed: " + e);
    }
  }

  /**
   * What a server is made of.
   *
   * @param installation of Elasticsearch; null for the pinned one
   * @param plugin zip
   * @param models folders by id
   * @param node its configuration
   * @param options of its JVM
   */
  public record Parts(
      @Nullable Path installation,
      Path plugin,
      Map<String, Path> models,
      NodeConfig node,
      String options) {
    public Parts {
      models = Map.copyOf(models);
    }
  }

  /**
   * Starts it.
   *
   * @throws ServerException when it does not start; its folder stays, with the logs
   */
  public static LocalServer start(Parts parts) throws IOException {
    Path folder = Files.createTempDirectory("stillrank-server");
    EsHome home = home(parts.installation(), folder.resolve("home"));
    home.install(parts.plugin());
    Path work = folder.resolve("work");
    for (Map.Entry<String, Path> model : parts.models().entrySet()) {
      copy(model.getValue(), work.resolve("config/stillrank/models").resolve(model.getKey()));
    }
    return new LocalServer(folder, EsServer.start(home, work, parts.node(), parts.options()));
  }

  private static EsHome home(@Nullable Path installation, Path target) throws IOException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "stillrank");
    Path from = installation == null ? ElasticsearchZip.PINNED.unpacked(cache) : installation;
    boolean ownJdk = Files.isDirectory(from.resolve("jdk"));
    return EsHome.copyOf(from, target, ownJdk ? null : Path.of(System.getProperty("java.home")));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  /** Where it answers. */
  public URI address() {
    return server.address();
  }

  /** All that it writes is here. */
  public Path folder() {
    return folder;
  }

  /** Nobody will want its logs: closing removes its folder. */
  public void done() {
    done = true;
  }

  /**
   * Lets it run on after this process.
   *
   * @return the process to terminate when it is no longer wanted
   */
  public long leaveRunning() throws IOException {
    Runtime.getRuntime().removeShutdownHook(interrupted);
    return server.leaveRunning();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (!server.isLeftRunning()) {
      Runtime.getRuntime().removeShutdownHook(interrupted);
      if (done) {
        AtomicOutput.delete(folder);
      }
    }
  }
}
