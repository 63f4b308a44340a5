/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;

class BenchPassagesCommandTest {
  private static final String MODEL =
      SharedFiles.project("reranker/src/test/resources/models/bert-one-output").toString();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyWayIsARowComparedWithTheFirst() {
    assertThat(
            execute(
                "bench",
                "passages",
                "--model",
                MODEL,
                "--passages",
                "beginning",
                "--passages",
                "length=12,max=1",
                "--passages",
                "length=12,stride=12,max=99,select=none,aggregate=top_k_mean,top_k=3"))
        .as(err::toString)
        .isZero();
    List<String> rows = out.toString().lines().toList();
    assertThat(rows).hasSize(5);
    assertThat(rows.get(0)).startsWith("demo, test split, ");
    assertThat(rows.get(2)).matches("beginning +0\\.\\d{4} +100\\.0% +\\S+ +1\\.00 .*");
    assertThat(rows.get(3))
        .startsWith("length=12,stride=6,max=1,select=lexical,aggregate=max ")
        .containsPattern(" [01]\\.\\d{4}$");
    assertThat(rows.get(4))
        .startsWith("length=12,stride=12,max=99,select=none,aggregate=top_k_mean,top_k=3 ");
    String beginning = rows.get(2).split(" +")[1];

    out.getBuffer().setLength(0);
    assertThat(
            execute(
                "bench",
                "run",
                "--model",
                MODEL,
                "--passages",
                "length=12,max=1",
                "--measures",
                "nDCG@10",
                "--out",
                folder.resolve("windows").toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString())
        .contains("bert-one-output@length=12,stride=6,max=1,select=lexical,aggregate=max")
        .contains(rows.get(3).split(" +")[1]);

    out.getBuffer().setLength(0);
    assertThat(
            execute(
                "bench",
                "run",
                "--model",
                MODEL,
                "--measures",
                "nDCG@10",
                "--out",
                folder.resolve("beginning").toString()))
        .isZero();
    assertThat(out.toString()).contains("bert-one-output ").contains(beginning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "length=0|[length] is [0]; give 1 or more",
        "length=eight|[length] is [eight]; give a whole number",
        "length=8,stride=9|[stride] is [9], more than [length] of [8]",
        "length=8,max=0|[max] is [0]; give 1 or more",
        "length=8,length=9|[length] is given twice; give it once",
        "stride=4|[length] is missing; give the tokens of a window",
        "length=8,select=best|[select] is [best]; give one of [none, lexical]",
        "length=8,aggregate=sum|[aggregate] is [sum]; give one of [max, first, mean, top_k_mean]",
        "length=8,top_k=3|[top_k] is given, but [aggregate] is [max]",
        "length=8,aggregate=top_k_mean,top_k=0|[top_k] is [0]; give 1 or more",
        "width=8|unknown option [width]; the options are [length, lead, stride, max, select",
        "windows|[windows] of the passages [windows] is no OPTION=VALUE; write for example length=96",
        "length=64|[length] is [64], but of the [96] tokens that the model reads only [29]"
      })
  void waysThatCannotBeAreRefused(String way, String message) {
    assertThat(execute("bench", "passages", "--model", MODEL, "--passages", way)).isEqualTo(2);
    assertThat(err.toString()).contains("error: ", message).doesNotContain("\tat ");
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", SharedFiles.project("distribution/demo").toString()));
    all.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
