/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.checkpoint.Checkpoints;
import org.stillrank.trainer.checkpoint.Snapshot;
import org.stillrank.trainer.checkpoint.TrainingState;
import org.stillrank.trainer.encoder.Backbone;
import org.stillrank.trainer.encoder.Encoder;
import org.stillrank.trainer.weights.FloatTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ResumeTest {
  private static final int STEPS = 20;

  @TempDir private Path folder;

  @Test
  void killedAndResumedIsNotKilled() throws Exception {
    SequencedMap<String, FloatTensor> whole = run("whole", StopRequest.NONE);

    Process process = child("killed", "unlimited", ProcessBuilder.Redirect.DISCARD);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 8; i++) {
        assertThat(out.readLine()).isEqualTo("step");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);

    assertSame(run("killed", StopRequest.NONE), whole);
    assertThat(log("killed")).isEqualTo(log("whole"));
  }

  /** A limit on the size of files fails writing as a full disk does, in the middle of a file. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFullDiskLosesNoCheckpoint() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    run("full", () -> asked.incrementAndGet() > 10);
    Path before = checkpoint("full");

    Path err = folder.resolve("stderr");
    Process process = child("full", "8", ProcessBuilder.Redirect.to(err.toFile()));
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor()).isNotZero();
    assertThat(Files.readString(err)).contains("File too large");

    assertThat(checkpoint("full")).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder.resolve("full/checkpoints"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".partial"));
    }
    assertSame(run("full", StopRequest.NONE), run("whole", StopRequest.NONE));
  }

  /** As above, in the middle of a line of the log. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDiskThatFillsWhileLoggingLosesNoCheckpoint() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    run("logging", () -> asked.incrementAndGet() > 10);
    Path before = checkpoint("logging");
    Path log = folder.resolve("logging/log.jsonl");
    String lines = Files.readString(log);
    String padding = "{\"step\":0,\"padding\":\"%s\"}\n";
    int left = (64 << 10) - 50 - lines.length() - padding.length();
    Files.writeString(log, String.format(Locale.ROOT, padding, "x".repeat(left)) + lines);

    Path err = folder.resolve("stderr");
    Process process = child("logging", "64", ProcessBuilder.Redirect.to(err.toFile()));
    assertThat(process.waitFor()).isNotZero();
    assertThat(Files.readString(err)).contains("log cannot be written", "File too large");

    assertThat(checkpoint("logging")).isEqualTo(before);
    assertSame(run("logging", StopRequest.NONE), run("whole", StopRequest.NONE));
    assertThat(log("logging").stream().filter(line -> line.path("step").intValue() > 0))
        .containsExactlyElementsOf(log("whole"));
  }

  @Test
  void theSameSeedIsTheSameTraining() throws IOException {
    assertSame(run("once", StopRequest.NONE), run("again", StopRequest.NONE));
    assertThat(log("once")).hasSize(STEPS + STEPS / 5).isEqualTo(log("again"));
  }

  @Test
  void stoppedAndResumedIsNotStopped() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    run("stopped", () -> asked.incrementAndGet() > 15);
    assertThat(asked).hasValueGreaterThan(15);
    assertSame(run("stopped", StopRequest.NONE), run("whole", StopRequest.NONE));
  }

  /** Left by a training of other settings in the same folder, and by a kill while saving. */
  @Test
  void leftoversAreNeitherTakenForTheBestNorKept() throws IOException {
    Path checkpoints = Files.createDirectories(folder.resolve("left/checkpoints"));
    for (int step = 5; step <= STEPS; step += 5) {
      Files.writeString(
          checkpoints.resolve(String.format(Locale.ROOT, "best-%08d.safetensors", step)), "old");
    }
    Path unfinished = Files.createDirectory(checkpoints.resolve(".step-00000003.1-2.partial"));
    Files.writeString(unfinished.resolve("weights.safetensors"), "cut");
    run("left", StopRequest.NONE);
    run("whole", StopRequest.NONE);
    assertThat(unfinished).doesNotExist();
    int best =
        new Checkpoints(
                folder.resolve("whole/checkpoints"), JsonMapper.shared().readTree("{\"seed\": 7}"))
            .newest()
            .orElseThrow()
            .best()
            .step();
    String name = String.format(Locale.ROOT, "best-%08d.safetensors", best);
    assertThat(checkpoints.resolve(name))
        .hasSameBinaryContentAs(folder.resolve("whole/checkpoints").resolve(name));
  }

  @Test
  void aCutOffCheckpointIsRefused() throws IOException {
    run("cut", StopRequest.NONE);
    Path weights = checkpoint("cut").resolve("weights.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(file.length() - 1);
    }
    assertThatThrownBy(() -> run("cut", StopRequest.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("step-00000020] is damaged")
        .hasMessageContaining("weights.safetensors is missing, cut off or changed")
        .hasMessageContaining("delete this folder");
  }

  /**
   * The start folder was exchanged for that of a larger encoder, which the config does not tell.
   */
  @Test
  void aCheckpointOfOtherShapesIsRefused() throws IOException {
    run("shapes", StopRequest.NONE);
    Checkpoints checkpoints =
        new Checkpoints(
            folder.resolve("shapes/checkpoints"), JsonMapper.shared().readTree("{\"seed\": 7}"));
    TrainingState state = checkpoints.newest().orElseThrow();
    try (Encoder larger = Backbone.named("minilm").encoder();
        Encoder same = TinyTraining.encoder(0);
        Tensor other = torch.zeros(3)) {
      SequencedMap<String, Tensor> misshapen = new LinkedHashMap<>(same.parameters());
      misshapen.put("classifier.bias", other);
      for (SequencedMap<String, Tensor> each : List.of(larger.parameters(), misshapen)) {
        assertThatThrownBy(() -> checkpoints.restore(state, new Snapshot(each, each, each)))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("holds other tensors than this encoder has; put the [start]");
      }
    }
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
    run("other", StopRequest.NONE);
    Checkpoints other =
        new Checkpoints(
            folder.resolve("other/checkpoints"), JsonMapper.shared().readTree("{\"seed\": 8}"));
    assertThatThrownBy(other::newest)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[seed] was [7] and is [8]");
  }

  private Process child(String name, String fileSizeLimit, ProcessBuilder.Redirect errors)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("bash", "-c", "ulimit -f " + fileSizeLimit + " && exec \"$@\"", "training"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The same BLAS as here: another rounds otherwise. Surefire sets it after the start, so that it
    // is none of this process's arguments.
    String blas = System.getProperty("org.bytedeco.openblas.load");
    if (blas != null) {
      command.add("-Dorg.bytedeco.openblas.load=" + blas);
    }
    command.addAll(
        List.of(
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            TinyTraining.class.getName(),
            folder.resolve(name).toString(),
            Integer.toString(STEPS)));
    return new ProcessBuilder(command).redirectError(errors).start();
  }

  private Path checkpoint(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name + "/checkpoints"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("step-"))
          .sorted()
          .reduce((first, last) -> last)
          .orElseThrow();
    }
  }

  /** Losses, gradient norms, rates and validations, without how long they took. */
  private List<JsonNode> log(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name + "/log.jsonl"))) {
      ObjectNode fields = (ObjectNode) JsonMapper.shared().readTree(line);
      lines.add(fields.remove(List.of("seconds", "pairs_per_second", "tokens_per_second")));
    }
    return lines;
  }

  private SequencedMap<String, FloatTensor> run(String name, StopRequest stop) throws IOException {
    return TinyTraining.run(
        folder.resolve(name), STEPS, TinyTraining.Choice.USUAL, stop, Progress.silent());
  }

  private static void assertSame(
      SequencedMap<String, FloatTensor> actual, SequencedMap<String, FloatTensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, tensor) ->
        assertThat(actual.get(name).values()).as(name).containsExactly(tensor.values()));
  }
}
