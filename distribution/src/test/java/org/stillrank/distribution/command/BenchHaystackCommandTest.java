/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

class BenchHaystackCommandTest {
  private static final String DEMO = SharedFiles.project("distribution/demo").toString();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void longDocumentsAreMadeAndReadInWindows() {
    String hidden = folder.resolve("long").toString();
    assertThat(
            execute("haystack", "--data", DEMO, "--hay", DEMO, "--words", "120", "--out", hidden))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).contains("210 documents of 120 words or more in [" + hidden + "]");

    out.getBuffer().setLength(0);
    assertThat(
            execute(
                "passages",
                "--data",
                hidden,
                "--model",
                SharedFiles.project("reranker/src/test/resources/models/bert-one-output")
                    .toString(),
                "--passages",
                "beginning",
                "--passages",
                "length=12,max=1",
                "--queries",
                "5",
                "--depth",
                "10",
                "--index-home",
                folder.resolve("indexes").toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).startsWith("long, test split, 5 queries; ");
  }

  @Test
  void whatCannotBeIsRefused() {
    String home = folder.toString();
    assertThat(execute("haystack", "--data", DEMO, "--hay", DEMO, "--out", home)).isEqualTo(2);
    assertThat(err.toString()).contains("is there and no haystack").doesNotContain("\tat ");
    assertThat(
            execute(
                "haystack", "--data", DEMO, "--hay", DEMO, "--depths", "0,2", "--out", home + "/x"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("[depths] has [2.0]");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private int execute(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "bench";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all);
  }
}
