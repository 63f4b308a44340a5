/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final Thread interrupted;
  private @Nullable EsServer server;
  private boolean done;
  private boolean closed;

  private LocalServer(Path folder) {
    this.folder = folder;
    this.interrupted = new Thread(this::interrupt, "remove " + folder.getFileName());
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  /** Who interrupts a command does not ask for its logs. */
  private void interrupt() {
    try {
      // The server, or what fetches and installs it.
      List<ProcessHandle> ours = ProcessHandle.current().descendants().toList();
      ours.forEach(ProcessHandle::destroy);
      for (ProcessHandle each : ours) {
        each.onExit().get(30, TimeUnit.SECONDS);
      }
      AtomicOutput.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | ExecutionException | TimeoutException e) {
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
    LocalServer local = new LocalServer(Files.createTempDirectory("stillrank-server"));
    try {
      local.server = local.started(parts);
      return local;
    } catch (IOException | RuntimeException failure) {
      local.done = !(failure instanceof ServerException);
      try {
        local.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private EsServer started(Parts parts) throws IOException {
    if (Unprivileged.changesOwners()) {
      // The other user must get through to what becomes his.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
    EsHome home = home(parts.installation(), folder.resolve("home"));
    home.install(parts.plugin());
    Path work = folder.resolve("work");
    for (Map.Entry<String, Path> model : parts.models().entrySet()) {
      copy(model.getValue(), model(model.getKey()));
    }
    return EsServer.start(home, work, parts.node(), parts.options());
  }

  private static EsHome home(@Nullable Path installation, Path target) throws IOException {
    Path from = installation == null ? ElasticsearchZip.PINNED.unpacked() : installation;
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
    return running().address();
  }

  private EsServer running() {
    if (server == null) {
      throw new IllegalStateException("[" + folder + "] has no server");
    }
    return server;
  }

  /** Its own copy of a model, which it reads when the model is opened or reloaded. */
  public Path model(String id) {
    return folder.resolve("work/config/stillrank/models").resolve(id);
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
    long process = running().leaveRunning();
    forget();
    closed = true;
    return process;
  }

  /** Ends the server; its folder stays for the logs in it unless all is done. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (server != null) {
      server.close();
    }
    if (!forget()) {
      return;
    }
    if (done) {
      AtomicOutput.delete(folder);
    } else {
      System.err.println("The server's logs stay in [" + folder + "].");
    }
  }

  /** False when the process is ending, and the hook that was set removes everything. */
  private boolean forget() {
    try {
      return Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
