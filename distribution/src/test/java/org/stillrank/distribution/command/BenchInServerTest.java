/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.bundle.OtherSeparator;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

/** {@code bench run --elasticsearch local} beside {@code bench run}. */
class BenchInServerTest {
  @TempDir private Path folder;

  @Test
  void theRunsAreTheSame() throws Exception {
    String windows = "length=12,stride=6,max=2,select=lexical,aggregate=max";
    String run = "base@" + windows.replaceAll("[=,]", "_") + ".run";
    // Shipped bundles join title and text by a space, as one would who asks no bundle.
    Path model = Files.createDirectory(folder.resolve("base"));
    for (String file : List.of("bundle.json", "tokenizer.json", "model.int8.onnx")) {
      Files.copy(
          SharedFiles.project("distribution/bundles/base").resolve(file), model.resolve(file));
    }
    OtherSeparator.in(model, " or as others say, ");
    System.setProperty("stillrank.root", SharedFiles.project(".").toString());
    String said =
        execute(
            "server",
            "--elasticsearch",
            "local",
            "--setting",
            "stillrank.model.workers=1",
            "--setting",
            "stillrank.model.niceness=0",
            "--passages",
            windows);
    assertThat(said)
        .contains("base")
        .contains("The server's own BM25 (k1 1.2, b 0.75, title and text apart): nDCG@10 ")
        .contains("It cuts the first topic into [why, does, bread, go, stale], the bench into [");
    execute("here", "--passages", windows);
    Run served = RunFile.read(folder.resolve("server").resolve(run));
    Run local = RunFile.read(folder.resolve("here").resolve(run));
    assertThat(served.topics()).isEqualTo(local.topics()).hasSize(42);
    for (String topic : local.topics()) {
      List<ScoredDocument> expected = local.ranking(topic);
      List<ScoredDocument> found = served.ranking(topic);
      assertThat(found)
          .extracting(ScoredDocument::docId)
          .isEqualTo(expected.stream().map(ScoredDocument::docId).toList());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
      }
    }
    String own = folder.resolve("server/server-bm25.run").toString();
    assertThat(execute("own", "--first-stage", own, "--query-weight", "0.3"))
        .contains("server-bm25", "total(base,0.3xserver-bm25)");
  }

  private String execute(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "bench",
                "run",
                "--data",
                SharedFiles.project("distribution/demo").toString(),
                "--model",
                folder.resolve("base").toString(),
                "--depth",
                "20",
                "--index-home",
                folder.resolve("indexes").toString(),
                "--out",
                folder.resolve(out).toString()));
    arguments.addAll(Arrays.asList(more));
    CommandLine line = Main.commandLine();
    StringWriter said = new StringWriter();
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    assertThat(line.execute(arguments.toArray(String[]::new))).as(said::toString).isZero();
    return said.toString();
  }
}
