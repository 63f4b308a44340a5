/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.server.ElasticsearchZip;
import org.stillrank.distribution.server.LocalServer;
import org.stillrank.testing.SharedFiles;

/** {@code stillrank quickstart} as a process of its own, with a temporary folder of its own. */
class QuickstartCommandTest {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void showsTheDemoAndLeavesNothingBehind() throws Exception {
    Process quickstart = start("--queries", "5");
    assertThat(quickstart.waitFor(180, SECONDS)).isTrue();
    assertThat(quickstart.exitValue()).as(this::said).isZero();
    assertThat(said())
        .contains("Elasticsearch with the plugin stillrank at http://127.0.0.1:")
        .contains("q01  why does bread go stale   nDCG@10 ")
        .containsPattern("5 queries on demo: nDCG@10 [01]\\.\\d{4} by BM25, [01]\\.\\d{4} reranked")
        .containsPattern(
            "milliseconds a query, median: \\d+, and \\d+ with the best 50 hits reranked");
    nothingIsLeft();
  }

  @Test
  void aKeptServerAnswersThePrintedCommandAndStopsAsPrinted() throws Exception {
    // An installation of the user's own is copied, and stays as it was.
    Path installation = ElasticsearchZip.PINNED.unpacked();
    environment.put(LocalServer.ES_HOME, installation.toString());
    Process quickstart = start("--queries", "1", "--keep");
    assertThat(quickstart.waitFor(180, SECONDS)).isTrue();
    assertThat(quickstart.exitValue()).as(this::said).isZero();
    assertThat(bash(line("(curl -s .*)")))
        .contains("\"max_score\"", "\"_index\" : \"stillrank-demo\"");
    String stop = line("To stop it and remove what it wrote: (.*)");
    long supervisor = Long.parseLong(stop.replaceFirst("kill (\\d+);.*", "$1"));
    List<ProcessHandle> server = ProcessHandle.of(supervisor).orElseThrow().descendants().toList();
    bash(stop);
    for (ProcessHandle each : server) {
      each.onExit().get(30, SECONDS);
    }
    nothingIsLeft();
    assertThat(installation.resolve("plugins")).isEmptyDirectory();
  }

  @Test
  void aKilledOrTerminatedCommandTakesItsServerAlong() throws Exception {
    for (boolean kill : new boolean[] {true, false}) {
      Process quickstart = start();
      awaitLine(quickstart, "index stillrank-demo");
      List<ProcessHandle> server = quickstart.descendants().toList();
      assertThat(server).isNotEmpty();
      if (kill) {
        quickstart.destroyForcibly();
      } else {
        quickstart.destroy();
      }
      assertThat(quickstart.waitFor(60, SECONDS)).isTrue();
      for (ProcessHandle each : server) {
        each.onExit().get(30, SECONDS);
      }
      if (!kill) {
        assertThat(servers()).hasSize(1);
      }
    }
  }

  private void nothingIsLeft() throws IOException {
    assertThat(servers()).isEmpty();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains(folder.toString())))
        .isEmpty();
  }

  private List<Path> servers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files
          .filter(each -> each.getFileName().toString().startsWith("stillrank-server"))
          .toList();
    }
  }

  private Process start(String... arguments) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dstillrank.root=" + SharedFiles.project("."));
    command.add("org.stillrank.distribution.Main");
    command.add("quickstart");
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().remove(LocalServer.ES_HOME);
    builder.environment().putAll(environment);
    return builder.redirectOutput(folder.resolve("said").toFile()).start();
  }

  private void awaitLine(Process process, String start) throws IOException, InterruptedException {
    long end = System.nanoTime() + SECONDS.toNanos(180);
    while (process.isAlive() && !said().contains(start) && System.nanoTime() < end) {
      process.waitFor(50, MILLISECONDS);
    }
    assertThat(said()).contains(start);
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String line(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(said());
    assertThat(found.find()).as(this::said).isTrue();
    return found.group(1);
  }

  private static String bash(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + said).isZero();
    return said;
  }
}
