/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.distribution.Main;
import picocli.CommandLine;

class BenchCompareCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path qrels;
  private Path first;
  private Path second;

  @BeforeEach
  void twoRunsOverTwoTopics() throws IOException {
    qrels = Files.writeString(folder.resolve("qrels"), "1 0 a 1\n2 0 a 1\n");
    first = Files.writeString(folder.resolve("first"), "1 Q0 a 1 2 x\n1 Q0 b 2 1 x\n");
    second = Files.writeString(folder.resolve("second"), "1 Q0 a 1 2 y\n2 Q0 a 1 2 y\n");
  }

  @Test
  void printsTheTableAndTheTopicsThatMoved() {
    assertThat(compare(first, second, "--qrels", qrels)).isZero();

    assertThat(out.toString())
        .contains("nDCG@10  first   0.5000\n")
        .contains("nDCG@10  second  1.0000  +0.5000")
        .contains("Moved most in nDCG@10 by second:\ntopic  baseline  system  change\n2 ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void takesTheBaselineThatIsNamed() {
    assertThat(compare(first, second, "--qrels", qrels, "--baseline", second)).isZero();

    assertThat(out.toString()).contains("nDCG@10  first   0.5000  -0.5000");
  }

  @Test
  void writesJson() throws IOException {
    Path json = folder.resolve("out/comparison.json");

    assertThat(compare(first, second, "--qrels", qrels, "--json", json)).isZero();

    assertThat(Files.readString(json)).contains("\"system_mean\" : 1.0");
  }

  @Test
  void badInputIsAMessageAndAnExitCode() throws IOException {
    Path json = folder.resolve("comparison.json");
    assertRefused("measure [ndcg] is not known; use one of nDCG,", "--measures", "ndcg");
    assertRefused("samples [0]: give 1 or more", "--samples", "0");
    assertRefused("--moved [-1]: give 0 or more", "--moved", "-1");
    assertRefused("tie tolerance [-0.5]: give 0 or more", "--tie-tolerance", "-0.5");
    assertRefused("Invalid value for option '--seed': 'x' is not a long", "--seed", "x");
    assertRefused("[missing] does not exist; check the path", "--baseline", "missing");
    Files.writeString(second, "1 Q0 a 1 high y\n");
    assertRefused(second + ":1:", "--json", json);
    Files.writeString(qrels, "1 0 a high\n");
    assertRefused(qrels + ":1: grade [high] is not an integer", "--json", json);
    assertThat(json).doesNotExist();
  }

  @Test
  void judgementsAreNeeded() {
    assertThat(compare(first, second)).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--qrels=FILE'");
  }

  private void assertRefused(String message, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of(first, second, "--qrels", qrels));
    arguments.addAll(Arrays.asList(options));
    assertThat(compare(arguments.toArray())).as(message).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  private int compare(Object... arguments) {
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>(List.of("bench", "compare"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(words.toArray(String[]::new));
  }
}
