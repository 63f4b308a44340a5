/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  static List<List<String>> commands() {
    List<List<String>> found = new ArrayList<>();
    collect(Main.commandLine(), List.of(), found);
    assertThat(found).hasSizeGreaterThan(15);
    return found;
  }

  private static void collect(CommandLine line, List<String> path, List<List<String>> found) {
    found.add(path);
    line.getSubcommands()
        .forEach((name, command) -> {
          List<String> deeper = new ArrayList<>(path);
          deeper.add(name);
          collect(command, deeper, found);
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandAndOptionSaysWhatItDoes(List<String> path) {
    List<String> arguments = new ArrayList<>(path);
    arguments.add("--help");
    StringWriter out = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
    assertThat(out.toString()).contains("Usage: stillrank");
    for (String name : path) {
      command = command.getSubcommands().get(name);
    }
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }
}
