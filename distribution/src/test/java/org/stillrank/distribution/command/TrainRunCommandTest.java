/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.bundle.Provenance;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.weights.StartWeights;
import picocli.CommandLine;

/** Whole trainings in processes of their own, on a collection of eight documents. */
class TrainRunCommandTest {
  private static final int STEPS = 120;

  @TempDir private Path folder;
  private TrainingFolder trainings;

  @BeforeEach
  void startWeights() throws IOException {
    trainings = TrainingFolder.with("minilm", folder, 2);
  }

  @Test
  void terminatedAndResumedOnTwoThreadsIsNotInterrupted() throws Exception {
    Process whole = start("whole", "unlimited");
    assertThat(whole.waitFor(120, SECONDS)).isTrue();
    assertThat(whole.exitValue()).as(() -> trainings.said("whole")).isZero();

    Process terminated = start("interrupted", "unlimited");
    trainings.awaitCheckpointAfter("interrupted", 0);
    terminated.destroy();
    assertThat(terminated.waitFor(60, SECONDS)).isTrue();
    assertThat(terminated.exitValue()).isNotZero();
    assertThat(trainings.said("interrupted"))
        .contains("a checkpoint is saved, the same command goes on");
    assertThat(trainings.newestCheckpoint("interrupted")).isBetween(2, STEPS - 1);

    Process resumed = start("interrupted", "unlimited");
    assertThat(resumed.waitFor(120, SECONDS)).isTrue();
    assertThat(resumed.exitValue()).as(() -> trainings.said("interrupted")).isZero();
    assertThat(FileHash.sha256(folder.resolve("interrupted/bundle/model.onnx")))
        .isEqualTo(FileHash.sha256(folder.resolve("whole/bundle/model.onnx")));
    assertThat(folder.resolve("interrupted/report.html"))
        .content()
        .contains("<h1>tiny</h1>", ">120 steps", "1.0 * infonce + 0.1 * margin-mse", "best: ");

    String config = folder.resolve("whole.yaml").toString();
    String both = folder.resolve("both").toString();
    assertThat(execute("train", "export", config, "--weights", "FP32,INT8_WEIGHTS", "--out", both))
        .isZero();
    assertThat(FileHash.sha256(folder.resolve("both/model.onnx")))
        .isEqualTo(FileHash.sha256(folder.resolve("whole/bundle/model.onnx")));
    assertThat(folder.resolve("both/model.int8.onnx")).isRegularFile();
    assertThat(execute("model", "verify", both)).isZero();

    String start = folder.resolve("second").toString();
    assertThat(execute("train", "export", config, "--as", "HUGGING_FACE", "--out", start)).isZero();
    assertThat(StartWeights.ofFolder(Path.of(start), 1).fresh()).isEmpty();
    assertThat(execute("train", "export", config, "--as", "HUGGING_FACE", "--out", start))
        .isEqualTo(2);

    assertThat(furtherFrom(both)).isZero();
    Provenance made =
        ModelBundle.open(folder.resolve("further/bundle")).manifest().orElseThrow().provenance();
    assertThat(made.startWeights().origin()).isEqualTo(folder.resolve("start").toString());
    assertThat(made.steps())
        .isGreaterThan(
            ModelBundle.open(Path.of(both)).manifest().orElseThrow().provenance().steps());

    assertThat(tune(both, "train")).isZero();
    assertThat(tune(both, "test")).isEqualTo(2);
  }

  /** A training that starts from a bundle. */
  private int furtherFrom(String bundle) throws IOException {
    List<String> arguments =
        new ArrayList<>(trainings.arguments("further", 3, TrainingFolder.HELD_OUT));
    arguments.addAll(List.of("--set", "start.location=" + bundle));
    return execute(arguments.toArray(String[]::new));
  }

  /** A limit on the size of files fails writing as a full disk does, in the middle of a file. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFullDiskIsToldAndLeavesNothingHalfWritten() throws Exception {
    // Native libraries are unpacked to their caches by the first process that needs them.
    Process stopped = start("roomy", "unlimited");
    trainings.awaitCheckpointAfter("roomy", 0);
    stopped.destroy();
    assertThat(stopped.waitFor(60, SECONDS)).isTrue();

    Process full = start("full", "48");
    assertThat(full.waitFor(120, SECONDS)).isTrue();
    assertThat(full.exitValue()).as(() -> trainings.said("full")).isEqualTo(1);
    assertThat(trainings.said("full"))
        .contains("File too large]; nothing unfinished was left: free space, or write elsewhere")
        .doesNotContain("\tat ");
    assertThat(trainings.names("full/checkpoints")).isEmpty();
  }

  @Test
  void aGpuThatIsNotThereIsToldBeforeAnythingIsPrepared() throws Exception {
    assumeFalse(torch.cuda_is_available(), "skipped: this machine has a GPU");
    List<String> arguments = trainings.arguments("gpu", STEPS, TrainingFolder.HELD_OUT);
    Files.writeString(folder.resolve("gpu.yaml"), "device: cuda\n", StandardOpenOption.APPEND);
    Process refused = trainings.start(arguments, "gpu", "unlimited");
    assertThat(refused.waitFor(60, SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(2);
    assertThat(trainings.said("gpu"))
        .contains("error: device [cuda]: libtorch came without CUDA", "STILLRANK_CUDA=1")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("gpu")).doesNotExist();
  }

  private int tune(String model, String split) {
    return execute(
        "bench",
        "tune",
        "--data",
        SharedFiles.project("trainer/src/test/resources/tiny").toString(),
        "--index-home",
        folder.resolve("indexes").toString(),
        "--model",
        model,
        "--split",
        split,
        "--held-out-of",
        folder.resolve("whole/prepared").toString());
  }

  private static int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(new StringWriter()));
    return line.execute(arguments);
  }

  private Process start(String name, String fileSizeLimit) throws IOException {
    return trainings.start(
        trainings.arguments(name, STEPS, TrainingFolder.HELD_OUT), name, fileSizeLimit);
  }
}
