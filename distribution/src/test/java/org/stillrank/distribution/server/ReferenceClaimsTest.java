/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;

/** What the plugin's reference names as its evidence is there. */
class ReferenceClaimsTest {
  private static final Path REFERENCE = SharedFiles.project("plugin/README.md");
  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Tests?)(?:#(\\w+))?`");
  private static final List<String> COMPLAINTS =
      List.of("1", "2", "3", "4", "5", "6", "7", "8", "11", "12", "15", "16");
  private static String text;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(REFERENCE);
  }

  @Test
  void everyNamedTestExists() throws IOException {
    Map<String, Path> sources;
    try (Stream<Path> files = Files.walk(SharedFiles.project("."))) {
      sources =
          files
              .filter(file -> file.toString().matches(".*/src/test/java/.*Tests?\\.java"))
              .collect(
                  Collectors.toMap(
                      file -> file.getFileName().toString().replace(".java", ""),
                      Function.identity(),
                      (one, other) -> one));
    }
    List<MatchResult> named = NAMED_TEST.matcher(text).results().toList();
    assertThat(named).hasSizeGreaterThan(20);
    for (MatchResult each : named) {
      assertThat(sources).as("[%s] of the reference", each.group()).containsKey(each.group(1));
      if (each.group(2) != null) {
        assertThat(Files.readString(sources.get(each.group(1))))
            .as(each.group())
            .containsPattern("\\n  (public )?void " + each.group(2) + "\\(");
      }
    }
  }

  @Test
  void everyComplaintHasAnAnswerAndATest() {
    String section = text.substring(text.indexOf("## Known complaints"));
    List<String> rows = section.lines().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
    assertThat(rows)
        .extracting(row -> row.split(" \\| ")[0].substring(2))
        .containsExactlyElementsOf(COMPLAINTS);
    assertThat(rows).allMatch(row -> NAMED_TEST.matcher(row).find());
  }

  @Test
  void everyCommandCanBeGiven() {
    String command = "    ./stillrank ";
    List<String> commands = text.lines().filter(line -> line.startsWith(command)).toList();
    assertThat(commands).hasSizeGreaterThan(3);
    for (String each : commands) {
      String[] arguments = each.substring(command.length()).split(" ", -1);
      assertThatCode(() -> Main.commandLine().parseArgs(arguments))
          .as(each)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<MatchResult> links =
        Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)").matcher(text).results().toList();
    assertThat(links).hasSizeGreaterThan(15);
    for (MatchResult link : links) {
      Path target =
          link.group(1).isEmpty()
              ? REFERENCE
              : REFERENCE.resolveSibling(link.group(1)).toAbsolutePath().normalize();
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  private static List<String> anchors(Path document) throws IOException {
    return Files.readString(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line ->
            line.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-'))
        .toList();
  }
}
