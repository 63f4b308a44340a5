/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

/** What is refused before a server starts; with a server it is tested with the others' node. */
class BenchLoadCommandTest {
  private static final String BUNDLE = SharedFiles.project("distribution/bundles/base").toString();

  @TempDir private Path folder;

  @Test
  void modelsThatAServerCouldNotTellApartAreRefused() throws IOException {
    assertThat(refusal("--model", BUNDLE, "--model", BUNDLE))
        .isEqualTo(
            "error: --model ["
                + BUNDLE
                + "]: another one is called [base] too; give this one a name, as in --model"
                + " NAME="
                + BUNDLE);
    assertThat(NamedModels.open(List.of(BUNDLE, "small=" + BUNDLE)))
        .extracting(ModelBundle::id)
        .containsExactly("base", "small");
  }

  @Test
  void settingsAndFoldersThatCannotBeUsedAreNamed() throws IOException {
    assertThat(refusal("--clients", "4,0"))
        .contains("[0] clients make no load; give numbers from 1");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(refusal("--out", file.toString()))
        .isEqualTo("error: [" + file + "] is a file; give a folder to write to");
    assertThat(
            refusal("--elasticsearch", "http://u:pass@localhost:1", "--setting", "stillrank.a=b"))
        .isEqualTo(
            "error: --setting {stillrank.a=b} is for a server that is started for this run, and"
                + " --elasticsearch [http://localhost:1] runs; leave it out, or set it there");
    assertThat(refusal("--elasticsearch", "http://u:pa ss@localhost:1"))
        .isEqualTo(
            "error: --elasticsearch [http://localhost:1]: give an address such as"
                + " http://127.0.0.1:9200, or [local]");
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"_id\": \"d\", \"text\": \"t\"}\n");
    Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\": \"q\", \"text\": \"t\"}\n");
    assertThat(refusal("--data", folder.toString()))
        .contains("has [1] different queries; load needs at least 2");
  }

  private static String refusal(String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench", "load"));
    if (!List.of(more).contains("--data")) {
      arguments.addAll(List.of("--data", SharedFiles.project("distribution/demo").toString()));
    }
    arguments.addAll(List.of(more));
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(said, true));
    assertThat(line.execute(arguments.toArray(String[]::new))).as(said::toString).isEqualTo(2);
    return said.toString().strip();
  }
}
