/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

class TrainSelftestCommandTest {
  private static final Path FIXTURES = SharedFiles.project("trainer/src/test/resources");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyFamilyAndObjectiveIsALineAndTheLastOneCounts() {
    assertThat(selftest(FIXTURES)).as(err::toString).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.getFirst()).matches("case +kind +deviation +tolerance  result");
    assertThat(lines.subList(1, 41))
        .allMatch(line -> line.matches(".* \\d\\.\\de[-+]\\d\\d +1\\.0e-0[59]  pass"));
    assertThat(lines.getLast())
        .isEqualTo("backbones 8, objective cases 16, device cpu: 40 checks, 40 passed, 0 failed");
  }

  @Test
  void aDeviationEndsWithOneAndBadInputWithTwo(@TempDir Path folder) throws IOException {
    Path bert = Files.createDirectories(folder.resolve("backbones/bert"));
    for (String name : List.of("config.json", "model.safetensors", "expected.json")) {
      Files.copy(FIXTURES.resolve("backbones/bert").resolve(name), bert.resolve(name));
    }
    String objectives = Files.readString(FIXTURES.resolve("objectives.json"));
    Path file = folder.resolve("objectives.json");
    Files.writeString(file, objectives.replaceFirst("\"loss\": ", "\"loss\": 1"));
    assertThat(selftest(folder)).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "FAIL", "backbones 1, objective cases 16, device cpu: 33 checks, 31 passed, 2 failed");

    Files.writeString(file, objectives.replaceFirst("\"loss\": ", "\"lost\": "));
    assertThat(selftest(folder)).isEqualTo(2);
    assertThat(err.toString())
        .contains("error: [" + file + "] case 1: [loss] is [], not a finite number")
        .doesNotContain("\tat ");
    assertThat(selftest(folder, "--device", "abacus")).isEqualTo(2);
    assertThat(err.toString()).contains("error: device [abacus] is none of [cpu, cuda]");
  }

  private int selftest(Path fixtures, String... more) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] arguments = new String[more.length + 4];
    System.arraycopy(
        new String[] {"train", "selftest", "--fixtures", fixtures.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return line.execute(arguments);
  }
}
