/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

class TrainPrepareCommandTest {
  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void refusesAMisspeltKeyAndWritesNothing() throws IOException {
    String good = Files.readString(SharedFiles.project("config/experiments/base.yaml"));
    Path config = home.resolve("mine.yaml");
    Files.writeString(config, good.replace("max_length:", "max_lenght:"));

    int status = execute(config);

    assertThat(status).isNotZero();
    assertThat(err.toString())
        .startsWith(
            "error: config [" + config + "]: unknown key [max_lenght]; valid keys here are");
    assertThat(home.resolve("set")).doesNotExist();
  }

  @Test
  void saysWhatBecameOfValidationFolders() throws IOException {
    Path resources = SharedFiles.project("trainer/src/test/resources");
    Path mine = Files.createDirectories(home.resolve("mine/qrels")).getParent();
    Files.copy(resources.resolve("tiny/corpus.jsonl"), mine.resolve("corpus.jsonl"));
    Files.writeString(
        mine.resolve("queries.jsonl"),
        """
        {"_id": "a", "text": "zinc lozenges shorten a cold in a study"}
        {"_id": "b", "text": "do bats see in caves"}
        {"_id": "c", "text": "zzzz"}
        """);
    Files.writeString(
        mine.resolve("qrels/dev.tsv"),
        "query-id\tcorpus-id\tscore\na\td2\t1\nb\td5\t1\nc\td1\t1\n");
    Path config = home.resolve("c.yaml");
    new TrainingFolder(home, 1)
        .arguments("c", 3, "folders: [{collection: " + mine + ", split: dev}]");

    assertThat(execute(config, resources)).as(err::toString).isZero();

    assertThat(out.toString())
        .contains(
            "validation mine/dev: 3 queries, 1 like test queries, 2 used, 1 of them without"
                + " candidates")
        .contains("1 queries to validate on");
  }

  @Test
  void refusesADataHomeWithoutTheCollections() {
    int status = execute(SharedFiles.project("config/experiments/base.yaml"));

    assertThat(status).isNotZero();
    assertThat(err.toString()).startsWith("error: [").contains("scifact] is not a folder");
    assertThat(home.resolve("set")).doesNotExist();
  }

  private int execute(Path config) {
    return execute(config, home.resolve("data"));
  }

  private int execute(Path config, Path dataHome) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(
        "train",
        "prepare",
        config.toString(),
        "--data-home",
        dataHome.toString(),
        "--index-home",
        home.resolve("indexes").toString(),
        "--out",
        home.resolve("set").toString());
  }
}
