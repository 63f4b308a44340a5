/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.stillrank.bench.peer.PeerComparison;
import org.stillrank.bench.peer.PeerComparison.Times;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.Median;
import org.stillrank.distribution.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stillrank bench peer}. */
@Command(
    name = "peer",
    description = {
      "Times BM25 against Anserini in turn, whole processes, and compares the two runs.",
      "The jar: Maven artifact io.anserini:anserini:1.5.0:jar:fatjar."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BenchPeerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder; may be repeated.")
  private List<Path> data;

  @Option(names = "--jar", required = true, description = "Anserini's fat jar.")
  private Path jar;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      required = true,
      description = "For indexes and runs; overwritten.")
  private Path work;

  @Option(names = "--split", description = "Whose topics to search.", defaultValue = "test")
  private String split;

  @Option(names = "--hits", description = "For each topic.", defaultValue = "1000")
  private int hits;

  @Option(names = "--repeats", description = "Of each measurement.", defaultValue = "3")
  private int repeats;

  @Override
  public Integer call() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // The class path comes from the environment, as in the launcher.
    List<String> stillrank =
        List.of(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            Main.class.getName(),
            "bench",
            "run");
    PrintWriter out = spec.commandLine().getOut();
    for (Path each : data) {
      print(
          out,
          PeerComparison.run(
              new PeerComparison.Settings(each, split, hits, repeats, stillrank, java, jar, work),
              Progress.onStandardError()));
    }
    return 0;
  }

  private static void print(PrintWriter out, PeerComparison.Result result) {
    for (Times times : result.times()) {
      out.printf(
          Locale.ROOT,
          "%-12s %-17s stillrank %6.2f s  anserini %6.2f s  ratio %.2f (medians of %d)%n",
          result.collection(),
          times.phase(),
          Median.of(times.stillrank()),
          Median.of(times.anserini()),
          times.ratio(),
          times.stillrank().size());
    }
    out.printf(
        Locale.ROOT,
        "%-12s of %d hits %d missing, %d at another rank, scores at most %.6f apart%n",
        result.collection(),
        result.agreement().hits(),
        result.agreement().missing(),
        result.agreement().moved(),
        result.agreement().scoreDifference());
    out.flush();
  }
}
