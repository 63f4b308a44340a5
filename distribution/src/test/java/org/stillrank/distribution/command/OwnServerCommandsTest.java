/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

/** The commands that measure no other server than their own. */
class OwnServerCommandsTest {
  private static final String GROWN = "NOT AS IT SHOULD BE: resident memory differs by ";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void thePluginIsFound() {
    System.setProperty("stillrank.root", SharedFiles.project(".").toString());
  }

  /** A server of seconds still grows, and nothing else may be amiss. */
  @Test
  void soakReplacesTheModelAndFindsNothingLeft() {
    int exit = bench("soak --minutes 0.1 --clients 2 --window 10 --reload 0.5 --cache 1mb");
    assertThat(out.toString())
        .as(err::toString)
        .contains("minute  resident MiB", " reloads of 2 files; ", "native resources left: none");
    List<String> complaints =
        out.toString().lines().filter(line -> line.startsWith("NOT AS IT SHOULD BE")).toList();
    assertThat(complaints).allMatch(line -> line.startsWith(GROWN));
    assertThat(exit).isEqualTo(complaints.isEmpty() ? 0 : 1);
  }

  @Test
  void pagesAreThoseOfAnUncachedServer() {
    int exit = bench("pages --queries 2 --window 20 --size 5");
    assertThat(exit).as(() -> out.toString() + err).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .anyMatch("demo/test, 2 queries, window 20, pages of 5"::equals)
        .anyMatch(line ->
            line.matches(
                "first page [\\d.]+ ms, second page [\\d.]+ ms, [\\d.]+ times as fast \\(medians\\)"))
        .anyMatch(line ->
            line.equals("0 queries whose pages are not the hits of a server that keeps no scores"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 0              | --size [0]: give 1 or more, and less than the window of [100]",
        "--size 20 --window 20 | --size [20]: give 1 or more, and less than the window of [20]",
        "--queries 0           | [0] queries measure nothing; give at least 1",
        "--split nowhere       | nowhere",
      })
  void pagesThatCannotBeAreRefusedBeforeAServerStarts(String options, String message) {
    assertThat(bench("pages " + options)).isEqualTo(2);
    assertThat(err.toString()).contains("error: ", message).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  private int bench(String command) {
    List<String> arguments = new ArrayList<>(List.of("bench"));
    arguments.addAll(List.of(command.split(" ")));
    arguments.addAll(List.of("--data", SharedFiles.project("distribution/demo").toString()));
    String model = SharedFiles.project("distribution/bundles/small").toString();
    arguments.addAll(List.of("--model", model));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }
}
