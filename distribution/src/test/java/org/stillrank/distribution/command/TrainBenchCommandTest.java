/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainBenchCommandTest {
  @TempDir private Path folder;
  private Path model;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aTinyModel() throws IOException {
    model = Files.createDirectory(folder.resolve("tiny"));
    Files.copy(
        SharedFiles.project("trainer/src/test/resources/backbones/minilm/config.json"),
        model.resolve("config.json"));
    Files.copy(
        SharedFiles.project("reranker/src/test/resources/models/bert-one-output/tokenizer.json"),
        model.resolve("tokenizer.json"));
  }

  @Test
  void everyPrecisionAndLengthIsARow() throws IOException {
    Path json = folder.resolve("figures.json");
    assertThat(
            bench(
                "--precision",
                "FLOAT32,BFLOAT16",
                "--length",
                "8,16",
                "--batch",
                "8",
                "--json",
                json.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString().lines().filter(line -> line.matches("tiny, 8 x .* step .*")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("tiny, 8 x 16, bfloat16"));
    JsonNode steps = JsonMapper.shared().readTree(json).path("steps");
    assertThat(steps.size()).isEqualTo(4);
    JsonNode forward = steps.path(0).path("parts").path("forward");
    assertThat(forward.path("seconds").size()).isEqualTo(1);
    assertThat(forward.path("pairs_per_second").doubleValue())
        .isEqualTo(8 / forward.path("median_seconds").doubleValue());
  }

  @Test
  void realTextsAreMeasuredInLengthGroupsAgainstPadding() throws IOException {
    Path json = folder.resolve("figures.json");
    assertThat(
            bench(
                "--texts",
                SharedFiles.project("trainer/src/test/resources/tiny").toString(),
                "--split",
                "train",
                "--index-home",
                folder.resolve("indexes").toString(),
                "--batch",
                "8",
                "--length",
                "48",
                "--json",
                json.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).contains("padded to the longest", "length groups are ");
    JsonNode grouping = JsonMapper.shared().readTree(json).path("grouping").path(0);
    assertThat(grouping.path("longest").path(0).intValue()).isBetween(9, 48);
    assertThat(grouping.path("tokens").path(0).longValue())
        .isBetween(8L * 5, 8L * grouping.path("longest").path(0).intValue());
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThat(bench("--batch", "12")).isEqualTo(2);
    assertThat(err.toString()).contains("error: a step of [12] pairs", "a multiple of [8]");
    assertThat(bench("--length", "100000")).isEqualTo(2);
    assertThat(err.toString()).contains("error: pairs of [100000] tokens");
    assertThat(bench("--backbone", "bert-base")).isEqualTo(2);
    assertThat(err.toString()).contains("mutually exclusive");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  private int bench(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "bench", "--steps", "1"));
    arguments.addAll(List.of("--threads", "1", "--model", model.toString()));
    arguments.addAll(List.of(more));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }
}
