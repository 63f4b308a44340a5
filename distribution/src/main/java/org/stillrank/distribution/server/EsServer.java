/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running node. It ends when it is closed. A shell between the two watches both, to end it too
 * when this process ends or is killed.
 */
public final class EsServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  /**
   * {@code $1} is this process, {@code $2} a file that lets the server outlive it; the rest is the
   * server's command.
   */
  private static final String SUPERVISOR =
      """
      parent=$1; left=$2; shift 2
      "$@" & server=$!
      trap 'kill $server 2>/dev/null; wait $server; exit' TERM INT HUP
      while kill -0 $server 2>/dev/null && { [ -e "$left" ] || kill -0 $parent 2>/dev/null; }
      do sleep 0.2; done
      kill $server 2>/dev/null
      wait $server
      """;

  private final Process supervisor;
  private final URI address;
  private final Path log;
  private final Path left;
  private final Thread hook;

  private EsServer(Process supervisor, URI address, Path log, Path left) {
    this.supervisor = supervisor;
    this.address = address;
    this.log = log;
    this.left = left;
    this.hook = new Thread(supervisor::destroy, "stop elasticsearch");
  }

  /**
   * Starts a node and waits until it answers with a usable cluster.
   *
   * @param home the distribution
   * @param work a folder for everything it writes
   * @param options for its JVM, such as {@code -Xms512m}
   * @throws ServerException with the end of its log when it does not start
   */
  public static EsServer start(EsHome home, Path work, NodeConfig node, String options)
      throws IOException {
    Path config = node.write(home.folder(), work);
    Path log = work.resolve("server.log");
    List<String> command = new ArrayList<>(List.of("bash", "-c", SUPERVISOR, "elasticsearch"));
    command.add(Long.toString(ProcessHandle.current().pid()));
    Path left = work.resolve("left-running");
    command.add(left.toString());
    command.addAll(Unprivileged.prefix(home.folder(), work));
    command.add(home.folder().resolve("bin/elasticsearch").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    home.configure(environment);
    environment.put("ES_PATH_CONF", config.toString());
    environment.put("ES_TMPDIR", work.resolve("tmp").toString());
    environment.put("ES_JAVA_OPTS", options);
    EsServer server =
        new EsServer(builder.start(), URI.create("http://127.0.0.1:" + node.httpPort()), log, left);
    Runtime.getRuntime().addShutdownHook(server.hook);
    try {
      server.awaitReady();
    } catch (IOException | RuntimeException failure) {
      server.close();
      throw failure;
    }
    return server;
  }

  /** Where it answers, such as {@code http://127.0.0.1:9281}. */
  public URI address() {
    return address;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    HttpRequest health =
        HttpRequest.newBuilder(
                address.resolve("/_cluster/health?wait_for_status=yellow&timeout=30s"))
            .timeout(Duration.ofSeconds(35))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end) {
        if (!supervisor.isAlive()) {
          throw new ServerException("Elasticsearch ended while it started", log);
        }
        try {
          int status = client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode();
          // With security on, a stranger is told no more than that somebody is there.
          if (status == 200 || status == 401) {
            return;
          }
        } catch (IOException e) {
          // Nobody listens yet: what is waited for is the server's end or this time.
          supervisor.waitFor(200, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Elasticsearch started", e);
    }
    throw new ServerException("Elasticsearch did not answer within [" + START + "]", log);
  }

  /**
   * Lets the server run on after this process, and closing no longer ends it.
   *
   * @return the process to terminate when it is no longer wanted
   */
  public long leaveRunning() throws IOException {
    Files.createFile(left);
    Runtime.getRuntime().removeShutdownHook(hook);
    return supervisor.pid();
  }

  /** Whether it outlives this process. */
  boolean isLeftRunning() {
    return Files.exists(left);
  }

  /** Ends the server and waits for it, unless it was left running. */
  @Override
  public void close() {
    if (isLeftRunning()) {
      return;
    }
    supervisor.destroy();
    try {
      if (!supervisor.waitFor(30, TimeUnit.SECONDS)) {
        supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
        supervisor.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
      supervisor.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and its hooks run already.
      supervisor.destroy();
    }
  }
}
