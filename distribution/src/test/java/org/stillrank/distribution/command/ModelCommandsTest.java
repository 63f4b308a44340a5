/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.bundle.OtherSeparator;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

class ModelCommandsTest {
  private record Answer(int exitCode, String out, String err) {}

  @Test
  void inspectShowsTheGraphAndTheLimits() {
    Answer answer = run("model", "inspect", model("roberta-one-output"));
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out())
        .contains("Hugging Face cross-encoder folder")
        .contains("logits FLOAT[-1, 1]")
        .contains("at most 96 tokens");
  }

  @Test
  void verifyPassesASoundModelAndRefusesOneWithoutHead() {
    assertThat(run("model", "verify", model("bert-one-output")).exitCode()).isZero();
    Answer refused = run("model", "verify", model("bert-without-head"));
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err())
        .startsWith("error: ")
        .contains("no scoring head")
        .doesNotContain("\tat ");
  }

  @Test
  void scorePrintsALineForEachPassageInTheirOrder() {
    Answer answer =
        run("model", "score", model("bert-one-output"), "--query", "bees", "dance", "honey");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.out().lines()).hasSize(2);
    assertThat(answer.out().lines().toList().getFirst()).matches("-?\\d+\\.\\d+\tdance");
  }

  @Test
  void aScheduleThatCannotBeReadIsRefused() {
    Answer answer =
        run("model", "bench", model("bert-one-output"), "--data", ".", "--schedule", "2x1");
    assertThat(answer.exitCode()).isNotZero();
    assertThat(answer.err()).contains("[2x1]").contains("2x1x512");
  }

  @Test
  void modelsAreMeasuredBesideEachOther() {
    String tiny = SharedFiles.project("trainer/src/test/resources/tiny").toString();
    Answer answer =
        run(
            "model",
            "bench",
            model("bert-two-outputs"),
            "--data",
            tiny,
            "--max-length",
            "80",
            "--queries",
            "2",
            "--against",
            model("bert-one-output"));
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out())
        .contains("to first", "bert-two-outputs, model.onnx", "bert-one-output, model.onnx")
        .doesNotContain("raw");
  }

  @Test
  void modelsThatJoinFieldsDifferentlyHaveNoTextsInCommon(@TempDir Path folder) throws IOException {
    Path other = OtherSeparator.tiny(folder.resolve("tiny"), " | ").directory();
    Answer answer =
        run(
            "model",
            "bench",
            model("bert-one-output"),
            "--data",
            SharedFiles.project("trainer/src/test/resources/tiny").toString(),
            "--index-home",
            folder.resolve("indexes").toString(),
            "--against",
            other.toString());
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .startsWith(
            "error: the models [bert-one-output, tiny] join a document's fields by [ ] and by"
                + " [ | ], and are measured on the same texts; measure each alone");
    assertThat(folder.resolve("indexes")).doesNotExist();
  }

  @Test
  void requestsOfSeveralSizesAreSentByClientsAtOnce() {
    String tiny = SharedFiles.project("trainer/src/test/resources/tiny").toString();
    Answer answer =
        run(
            "model",
            "bench",
            model("bert-two-outputs"),
            "--data",
            tiny,
            "--queries",
            "2",
            "--depth",
            "3",
            "--clients",
            "2");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out().lines().filter(line -> line.matches("\\d+ .*")))
        .satisfiesExactly(
            one -> assertThat(one).startsWith("1 "),
            two -> assertThat(two).startsWith("2 "),
            all -> assertThat(all).startsWith("3 ").endsWith(" 1.000"));
  }

  @Test
  void clientsAndSchedulesAreMeasuredApart() {
    Answer answer =
        run(
            "model",
            "bench",
            model("bert-one-output"),
            "--data",
            ".",
            "--schedule",
            "2x1x512",
            "--clients",
            "2");
    assertThat(answer.exitCode()).isNotZero();
    assertThat(answer.err()).contains("[--clients]").contains("--schedule");
  }

  private static String model(String name) {
    return SharedFiles.project("reranker/src/test/resources/models").resolve(name).toString();
  }

  private static Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Answer(exitCode, out.toString(), err.toString());
  }
}
