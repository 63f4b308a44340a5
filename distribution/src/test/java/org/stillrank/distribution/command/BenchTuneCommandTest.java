/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

/** {@code stillrank bench tune}. */
class BenchTuneCommandTest {
  private static final String BEST = "best: ";

  @TempDir private Path folder;

  @Test
  void whatItFindsCanBeGivenToARun() {
    List<String> best =
        bench("tune", List.of())
            .lines()
            .filter(line -> line.startsWith(BEST))
            .map(line -> line.substring(BEST.length()))
            .toList();
    assertThat(best)
        .satisfiesExactly(
            line -> assertThat(line).matches("--interpolate [0-9.]+"),
            line -> assertThat(line).matches("--score-mode total --query-weight [0-9.]+"),
            line -> assertThat(line).matches("--score-mode logit_total --query-weight [0-9.]+"));
    for (String options : best) {
      List<String> more = new ArrayList<>(List.of(options.split(" ")));
      more.addAll(List.of("--out", folder.resolve("out").toString()));
      assertThat(bench("run", more).lines().filter(line -> line.startsWith("nDCG@10"))).hasSize(3);
    }
  }

  private String bench(String command, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of("bench", command, "--split", "train"));
    arguments.addAll(
        List.of("--data", SharedFiles.project("trainer/src/test/resources/tiny").toString()));
    arguments.addAll(
        List.of(
            "--model",
            SharedFiles.project("reranker/src/test/resources/models/bert-one-output").toString()));
    arguments.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    arguments.addAll(more);
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(said));
    assertThat(line.execute(arguments.toArray(String[]::new))).isZero();
    return said.toString();
  }
}
