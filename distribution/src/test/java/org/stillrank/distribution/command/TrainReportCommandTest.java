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
import picocli.CommandLine;

class TrainReportCommandTest {
  private static final String STEP =
      "{\"step\":1,\"loss\":0.5,\"learning_rate\":1e-5,\"gradient_norm\":1.0,"
          + "\"pairs_per_second\":9.0,\"tokens_per_second\":900.0}\n";

  @TempDir private Path run;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRunningTrainingIsReported() throws IOException {
    Files.writeString(run.resolve("log.jsonl"), STEP + "{\"step\":2,\"lo");
    assertThat(report()).as(err::toString).isZero();
    assertThat(out.toString()).contains("report in " + run.resolve("report.html"));
    assertThat(run.resolve("report.html")).content().contains("<svg");
  }

  @Test
  void aDamagedLogIsNamedAndTheOlderReportKept() throws IOException {
    Files.writeString(run.resolve("report.html"), "older");
    Files.writeString(run.resolve("log.jsonl"), STEP + "{\"step\":2,\"lo\n" + STEP);
    assertThat(report()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: " + run.resolve("log.jsonl") + ":2: ")
        .doesNotContain("\tat ");
    assertThat(run.resolve("report.html")).hasContent("older");
  }

  @Test
  void aFolderWithoutALogIsNamed() {
    assertThat(report()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: [" + run.resolve("log.jsonl") + "] does not exist")
        .doesNotContain("\tat ");
  }

  private int report() {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute("train", "report", run.toString());
  }
}
