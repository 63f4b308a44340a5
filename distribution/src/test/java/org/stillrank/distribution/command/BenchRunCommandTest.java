/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code stillrank bench run} as a process of its own. */
class BenchRunCommandTest {
  private record Outcome(int exit, String out, String err) {}

  @TempDir Path folder;

  @Test
  void printsTheTableAndWritesTheFolder() throws Exception {
    Outcome outcome = run("unlimited", shared("data/adi").toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("adi, test split", "35 topics").contains("0.4747");
    assertThat(names("out")).containsExactly("bm25.run", "per-query.tsv", "summary.json");
  }

  @Test
  void badInputIsToldInOneLine() throws Exception {
    Outcome outcome = run("unlimited", folder.resolve("nowhere").toString());
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("error: [" + folder.resolve("nowhere") + "] is not a folder")
        .hasLineCount(1);
  }

  /** A limit on the size of files fails writing as a full disk does, in the middle of a file. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFullDiskLeavesNothingHalfWritten() throws Exception {
    String adi = shared("data/adi").toString();
    Outcome building = run("1", adi);
    assertThat(building.exit()).isEqualTo(1);
    assertThat(building.err())
        .contains("File too large]; nothing unfinished was left: free space, or write elsewhere")
        .doesNotContain("\tat ");
    assertThat(names("indexes")).isEmpty();

    assertThat(run("unlimited", adi).exit()).isZero();
    Outcome writing = run("32", adi);
    assertThat(writing.exit()).isEqualTo(1);
    assertThat(writing.err()).contains("File too large]; nothing unfinished was left");
    assertThat(names("out")).containsExactly("bm25.run", "per-query.tsv");
    assertThat(Files.readString(folder.resolve("out/bm25.run"))).endsWith(" bm25\n");
  }

  private Outcome run(String fileSizeLimit, String data) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add("ulimit -f " + fileSizeLimit + " && exec \"$@\"");
    command.add("stillrank");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-UsePerfData");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("org.stillrank.distribution.Main");
    command.addAll(List.of("bench", "run", "--data", data));
    command.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    command.addAll(List.of("--out", folder.resolve("out").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Path out = Files.createTempFile(folder, "stdout", "");
    Path err = Files.createTempFile(folder, "stderr", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        withoutProgress(Files.readString(err, StandardCharsets.UTF_8)));
  }

  private static String withoutProgress(String err) {
    StringBuilder kept = new StringBuilder();
    err.lines()
        .filter(line -> !line.startsWith("index adi: "))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString();
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
