/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.weights.StartWeights;
import picocli.CommandLine;

/** Whole trainings in processes of their own, on a collection of eight documents. */
class TrainRunCommandTest {
  private static final int STEPS = 120;

  @TempDir private Path folder;

  @BeforeEach
  void startWeights() throws IOException {
    Path start = Files.createDirectory(folder.resolve("start"));
    Path backbone = SharedFiles.project("trainer/src/test/resources/backbones/minilm");
    Files.copy(backbone.resolve("config.json"), start.resolve("config.json"));
    Files.copy(backbone.resolve("model.safetensors"), start.resolve("model.safetensors"));
    Files.copy(
        SharedFiles.project("reranker/src/test/resources/models/bert-one-output/tokenizer.json"),
        start.resolve("tokenizer.json"));
  }

  @Test
  void terminatedKilledAndResumedOnTwoThreadsIsNotInterrupted() throws Exception {
    Process whole = start("whole");
    assertThat(whole.waitFor(120, SECONDS)).isTrue();
    assertThat(whole.exitValue()).as(() -> said("whole")).isZero();

    Process terminated = start("interrupted");
    awaitCheckpointAfter("interrupted", 0);
    terminated.destroy();
    assertThat(terminated.waitFor(60, SECONDS)).isTrue();
    assertThat(terminated.exitValue()).isNotZero();
    assertThat(said("interrupted")).contains("a checkpoint is saved, the same command goes on");
    int stoppedAt = newestCheckpoint("interrupted");
    assertThat(stoppedAt).isBetween(2, STEPS - 1);

    Process killed = start("interrupted");
    awaitCheckpointAfter("interrupted", stoppedAt);
    killed.destroyForcibly().waitFor();
    assertThat(newestCheckpoint("interrupted")).isBetween(stoppedAt + 1, STEPS - 1);

    Process resumed = start("interrupted");
    assertThat(resumed.waitFor(120, SECONDS)).isTrue();
    assertThat(resumed.exitValue()).as(() -> said("interrupted")).isZero();
    assertThat(FileHash.sha256(folder.resolve("interrupted/bundle/model.onnx")))
        .isEqualTo(FileHash.sha256(folder.resolve("whole/bundle/model.onnx")));

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

    assertThat(tune(both, "train")).isZero();
    assertThat(tune(both, "test")).isEqualTo(2);
  }

  /** A limit on the size of files fails writing as a full disk does, in the middle of a file. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFullDiskIsToldAndLeavesNothingHalfWritten() throws Exception {
    // Native libraries are unpacked to their caches by the first process that needs them.
    Process stopped = start("roomy");
    awaitCheckpointAfter("roomy", 0);
    stopped.destroy();
    assertThat(stopped.waitFor(60, SECONDS)).isTrue();

    Process full = start("full", "48");
    assertThat(full.waitFor(120, SECONDS)).isTrue();
    assertThat(full.exitValue()).as(() -> said("full")).isEqualTo(1);
    assertThat(said("full"))
        .contains("File too large]; nothing unfinished was left: free space, or write elsewhere")
        .doesNotContain("\tat ");
    assertThat(names("full/checkpoints")).isEmpty();
  }

  private List<String> names(String relative) throws IOException {
    Path place = folder.resolve(relative);
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
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

  private Process start(String name) throws IOException {
    return start(name, "unlimited");
  }

  private Process start(String name, String fileSizeLimit) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(config, yaml(name));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("bash", "-c", "ulimit -f " + fileSizeLimit + " && exec \"$@\"", "stillrank"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-UsePerfData");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("org.stillrank.distribution.Main");
    command.addAll(List.of("train", "run", config.toString()));
    command.addAll(
        List.of("--data-home", SharedFiles.project("trainer/src/test/resources").toString()));
    command.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectOutput(folder.resolve(name + ".log").toFile()).start();
  }

  private String said(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void awaitCheckpointAfter(String name, int step)
      throws IOException, InterruptedException {
    Path checkpoints = Files.createDirectories(folder.resolve(name + "/checkpoints"));
    try (WatchService watch = checkpoints.getFileSystem().newWatchService()) {
      checkpoints.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (newestCheckpoint(name) <= step) {
        WatchKey key = watch.poll(60, SECONDS);
        assertThat(key).as(() -> said(name)).isNotNull();
        key.pollEvents();
        key.reset();
      }
    }
  }

  private int newestCheckpoint(String name) throws IOException {
    return names(name + "/checkpoints").stream()
        .filter(each -> each.matches("step-\\d{8}"))
        .mapToInt(each -> Integer.parseInt(each.substring(5)))
        .max()
        .orElse(0);
  }

  private String yaml(String name) {
    return String.format(
        Locale.ROOT,
        """
        name: tiny
        start: {location: %s, licence: Apache-2.0}
        max_length: 48
        max_query_length: 24
        sources:
          - {kind: judged, collection: tiny, split: train, retrievers: [bm25], licence: ours, lists_per_query: 2, begins: 0.0, ends: 1.0}
        candidates: {depth: 8, negatives: 3, hardest: 1.0, false_negative_margin: 0.5}
        teacher: {bi_encoders: [], bm25_weight: 1.0, run_files: []}
        never_near:
          - {collection: tiny, split: test}
        objectives:
          - {kind: infonce, weight: 1.0}
          - {kind: margin-mse, weight: 0.1}
        optimisation: {learning_rate: 1.0e-3, warmup: 0.1, steps: %d, queries_per_step: 2, documents_per_query: 4, accumulation: 1, clip: 1.0, weight_decay: 0.01, dropout: 0.1, seed: 12}
        validation: {collection: tiny, split: train, queries: 2, depth: 8, every: 40, measure: nDCG@10}
        checkpoint_every: 2
        threads: 2
        output: %s
        export: fp32
        """,
        folder.resolve("start"),
        STEPS,
        folder.resolve(name));
  }
}
