/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.stillrank.testing.SharedFiles;

/**
 * A folder with tiny start weights, and trainings in processes of their own, each with a name.
 *
 * @param threads that each computes with
 */
record TrainingFolder(Path folder, int threads) {

  static final String HELD_OUT = "collection: tiny, split: train, queries: 2, depth: 8";

  /** With one of the trainer's test backbones as {@code start}. */
  static TrainingFolder with(String backbone, Path folder, int threads) throws IOException {
    Path start = Files.createDirectory(folder.resolve("start"));
    Path from = SharedFiles.project("trainer/src/test/resources/backbones/" + backbone);
    Files.copy(from.resolve("config.json"), start.resolve("config.json"));
    Files.copy(from.resolve("model.safetensors"), start.resolve("model.safetensors"));
    Files.copy(
        SharedFiles.project("reranker/src/test/resources/models/bert-one-output/tokenizer.json"),
        start.resolve("tokenizer.json"));
    return new TrainingFolder(folder, threads);
  }

  Path file(String relative) {
    return folder.resolve(relative);
  }

  /** The arguments of {@code train run} for a config, which is written. */
  List<String> arguments(String name, int steps, String validation) throws IOException {
    Path config = Files.writeString(file(name + ".yaml"), yaml(name, steps, validation));
    return List.of(
        "train",
        "run",
        config.toString(),
        "--data-home",
        SharedFiles.project("trainer/src/test/resources").toString(),
        "--index-home",
        file("indexes").toString());
  }

  Process start(List<String> arguments, String name, String fileSizeLimit) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("bash", "-c", "ulimit -f " + fileSizeLimit + " && exec \"$@\"", "stillrank"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("org.stillrank.distribution.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    // Threads that wait for work of a few microseconds would keep other processes from theirs.
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    return builder.redirectOutput(file(name + ".log").toFile()).start();
  }

  /** What a training printed. */
  String said(String name) {
    try {
      return Files.readString(file(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Waits until a training has a checkpoint after a step. */
  void awaitCheckpointAfter(String name, int step) throws IOException, InterruptedException {
    Path checkpoints = Files.createDirectories(file(name + "/checkpoints"));
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

  /**
   * Waits until a training's log has a step, which may be in the middle of the next one or of a
   * save. A log of a training before it counts too.
   */
  void awaitStep(String name, int step, Process process) throws IOException, InterruptedException {
    Path output = Files.createDirectories(file(name));
    try (WatchService watch = output.getFileSystem().newWatchService()) {
      output.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!hasStep(output.resolve("log.jsonl"), step)) {
        WatchKey key = watch.poll(60, SECONDS);
        assertThat(key != null && process.isAlive()).as(() -> said(name)).isTrue();
        key.pollEvents();
        key.reset();
      }
    }
  }

  private static boolean hasStep(Path log, int step) throws IOException {
    return Files.exists(log) && Files.readString(log).contains("{\"step\":" + step + ",\"loss\"");
  }

  int newestCheckpoint(String name) throws IOException {
    return names(name + "/checkpoints").stream()
        .filter(each -> each.matches("step-\\d{8}"))
        .mapToInt(each -> Integer.parseInt(each.substring(5)))
        .max()
        .orElse(0);
  }

  List<String> names(String relative) throws IOException {
    if (!Files.exists(file(relative))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(file(relative))) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  private String yaml(String name, int steps, String validation) {
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
        validation: {%s, every: %d, measure: %s}
        checkpoint_every: 2
        threads: %d
        output: %s
        export: fp32
        """,
        file("start"),
        steps,
        validation,
        steps / 3,
        validation.equals(HELD_OUT) ? "nDCG@10" : "nDCG",
        threads,
        file(name));
  }
}
