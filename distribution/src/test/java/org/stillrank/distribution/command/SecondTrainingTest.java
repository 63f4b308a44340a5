/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import picocli.CommandLine;

/** Two processes that would train in one output folder. */
class SecondTrainingTest {
  private static final int STEPS = 90;

  @TempDir private Path temporary;

  @Test
  void isRefusedAndTheFirstOneEnds() throws Exception {
    TrainingFolder trainings = TrainingFolder.with("minilm", temporary, 1);
    List<String> arguments = trainings.arguments("mine", STEPS, TrainingFolder.HELD_OUT);
    Process first = trainings.start(arguments, "mine", "unlimited");
    try {
      trainings.awaitStep("mine", 1, first);
      // Paused, for it could end before the second one has read its config.
      signal("STOP", first);
      assertThat(first.isAlive()).isTrue();
      StringWriter err = new StringWriter();
      CommandLine second = Main.commandLine();
      second.setErr(new PrintWriter(err, true));
      assertThat(second.execute(arguments.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "error: another training works in ["
                  + trainings.file("mine")
                  + "]; let it end or stop it, or name another [output] folder"
                  + System.lineSeparator());
      signal("CONT", first);
      assertThat(first.waitFor(180, SECONDS)).isTrue();
      assertThat(first.exitValue()).as(() -> trainings.said("mine")).isZero();
      assertThat(trainings.file("mine/bundle/model.onnx")).isNotEmptyFile();
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  private static void signal(String name, Process process)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
