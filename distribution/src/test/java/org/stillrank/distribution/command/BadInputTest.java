/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.distribution.Main;
import org.stillrank.testing.SharedFiles;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a person sees who gives a command something it cannot use: exit code, words, no output. */
class BadInputTest {
  @TempDir private Path folder;
  private Path data;
  private Path model;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aCollectionAndAModel() throws IOException {
    data = copy("trainer/src/test/resources/tiny", "tiny");
    model = copy("reranker/src/test/resources/models/bert-one-output", "model");
  }

  @Test
  void goodInputWorks() {
    assertThat(bench("--model", model.toString(), "--interpolate", "0.5"))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).contains("tiny, test split", "3 topics", "bm25", "@0.5");
    assertThat(folder.resolve("out/summary.json")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "corpus.jsonl   | {\"_id\": \"d99\", \"title\": 5}     | corpus.jsonl:9",
        "corpus.jsonl   | not json                             | corpus.jsonl:9",
        "corpus.jsonl   | {\"_id\": \"d1\", \"text\": \"x\"}   | corpus.jsonl:9: repeats the [_id] [d1]",
        "queries.jsonl  | {\"text\": \"no id\"}                | queries.jsonl:13",
        "qrels/test.tsv | x1                                   | test.tsv:5",
        "qrels/test.tsv | x1 TAB d1 TAB many                   | test.tsv:5",
        "qrels/test.tsv | x1 TAB gone TAB 1                    | gone",
        "qrels/test.tsv | gone TAB d1 TAB 1                    | gone",
      })
  void malformedCollectionsAreNamedWithFileAndLine(String file, String line, String message)
      throws IOException {
    Files.writeString(
        data.resolve(file), line.replace(" TAB ", "\t") + "\n", StandardOpenOption.APPEND);
    assertRefused(bench(), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x1 Q0 d1 1 NaN theirs   | scores must be finite: remove the line",
        "x1 Q0 d1 1              | their.run:1",
        "x1 Q0 gone 1 3.5 theirs | gone",
      })
  void malformedRunsAreNamed(String line, String message) throws IOException {
    Path run = Files.writeString(folder.resolve("their.run"), line + "\n");
    assertRefused(bench("--first-stage", run.toString(), "--model", model.toString()), message);
  }

  @Test
  void aModelThatIsCutOffIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(model.resolve("model.onnx"));
    Files.write(model.resolve("model.onnx"), Arrays.copyOf(whole, whole.length / 2));
    assertRefused(bench("--model", model.toString()), "model.onnx");
  }

  @Test
  void aModelWithoutHeadIsNamed() throws IOException {
    Path headless = copy("reranker/src/test/resources/models/bert-without-head", "headless");
    assertRefused(bench("--model", headless.toString()), "headless");
  }

  @Test
  void settingsWithoutAServerAreRefused() {
    assertRefused(
        bench("--setting", "stillrank.a=b"),
        "--setting {stillrank.a=b} is for a server; give --elasticsearch [local] too");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--score-mode total | --score-mode [total] is for --query-weight; give that too",
        "--query-weight 1 --score-mode sum | [sum]: give one of [total, logit_total]",
        "--query-weight -1 --elasticsearch local | --query-weight [-1.0]: give 0 or more",
        "--query-weight 1 | are for a model beside the first stage; give --model",
        "--query-weight NaN | --query-weight [NaN]: give 0 or more",
        "--interpolate 1.5 | the weight [1.5] of the model is not between 0 and 1",
      })
  void weightsAreRefusedBeforeAnythingRuns(String options, String message) {
    assertRefused(bench(options.split(" ")), message);
    assertThat(folder.resolve("indexes")).doesNotExist();
  }

  @Test
  void nanTeacherScoresLeaveNoSet() throws IOException {
    Files.writeString(folder.resolve("teacher.run"), "t1 Q0 d1 1 NaN theirs\n");
    int exit = train("prepare", config("teacher.run"), "--out", folder.resolve("set").toString());
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("teacher.run:1", "NaN", "remove the line");
    assertThat(folder.resolve("set")).doesNotExist();
  }

  @Test
  void aTokenizerWithMoreTokensThanTheEncoderIsRefusedBeforeTraining() throws IOException {
    Path start = copy("trainer/src/test/resources/backbones/minilm", "start");
    String tokenizer = Files.readString(model.resolve("tokenizer.json"));
    Files.writeString(
        start.resolve("tokenizer.json"),
        tokenizer.replaceFirst(
            "\"added_tokens\":\\s*\\[",
            "\"added_tokens\":[{\"id\":77777,\"content\":\"<far>\",\"single_word\":false,"
                + "\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true},"));
    assertThat(train("run", config(null))).isEqualTo(2);
    assertThat(err.toString()).contains("gives ids up to [77777]", "use the tokenizer.json");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void pairsLongerThanTheEncodersPositionsAreRefusedBeforeTraining() throws IOException {
    start();
    Path config = config(null);
    Files.writeString(
        config, Files.readString(config).replace("max_length: 48", "max_length: 513"));
    assertThat(train("run", config)).isEqualTo(2);
    assertThat(err.toString())
        .contains("[max_length] is [513], but the encoder of [", "has positions for [512] tokens");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  @Test
  void missingStartWeightsAreNamed() throws IOException {
    assertThat(train("run", config(null))).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: ").contains(folder.resolve("start").toString());
    start();
    Files.delete(folder.resolve("start/model.safetensors"));
    assertThat(train("run", config(null))).isEqualTo(2);
    assertThat(err.toString()).contains("model.safetensors").doesNotContain("\tat ");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  /** A prepared set is a folder of text that anybody may edit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NaN score | training.jsonl] line 2 is no training list | teacher scores of query",
        "no documents | training.jsonl] line 2 is no training list | 0 candidates with 0 grades",
        "grade missing | training.jsonl] line 2 is no training list | 4 candidates with 3 grades",
        "one document | has no document beside the relevant ones | more documents with [candidates]",
      })
  void editedListsAreRefusedBeforeTraining(String damage, String message, String more)
      throws IOException {
    start();
    Path config = config(null);
    Path set = folder.resolve("run/prepared");
    assertThat(train("prepare", config, "--out", set.toString())).as(err::toString).isZero();
    Path file = set.resolve("training.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(1, damaged(lines.get(1), damage));
    Files.write(file, lines);
    assertThat(train("run", config)).isEqualTo(2);
    assertThat(err.toString()).contains(message, more).doesNotContain("\tat ");
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  private static String damaged(String line, String damage) {
    ObjectNode list = (ObjectNode) JsonMapper.shared().readTree(line);
    List<String> columns = List.of("candidates", "grades", "teacherScores");
    switch (damage) {
      case "NaN score" -> list.withArray("teacherScores").set(1, "NaN");
      case "no documents" -> columns.forEach(each -> list.withArray(each).removeAll());
      case "grade missing" -> list.withArray("grades").remove(3);
      case "one document" ->
          columns.forEach(each -> {
            while (list.withArray(each).size() > 1) {
              list.withArray(each).remove(1);
            }
          });
      default -> throw new IllegalArgumentException(damage);
    }
    return list.toString();
  }

  @Test
  void anExportReplacesNoFolderThatIsNoBundle() throws IOException {
    start();
    assertThat(train("run", config(null))).as(err::toString).isZero();
    String kept = folder.resolve("tiny").toString();
    String config = folder.resolve("config.yaml").toString();
    assertThat(execute("train", "export", config, "--out", kept)).isEqualTo(2);
    assertThat(err.toString()).contains("[" + kept + "] holds files and is no bundle");
    assertThat(data.resolve("corpus.jsonl")).isRegularFile();
  }

  private void assertRefused(int exit, String message) {
    assertThat(exit).as(err::toString).isEqualTo(2);
    assertThat(err.toString()).contains("error: ").contains(message).doesNotContain("\tat ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private int bench(String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench", "run", "--data", data.toString()));
    arguments.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int train(String command, Path config, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", command, config.toString()));
    arguments.addAll(List.of("--index-home", folder.resolve("indexes").toString()));
    arguments.addAll(List.of("--data-home", folder.toString()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void start() throws IOException {
    copy("trainer/src/test/resources/backbones/minilm", "start");
    Files.copy(model.resolve("tokenizer.json"), folder.resolve("start/tokenizer.json"));
  }

  private Path copy(String from, String to) throws IOException {
    Path source = SharedFiles.project(from);
    Path target = folder.resolve(to);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path each : files.toList()) {
        Path copy = target.resolve(source.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(each, copy);
        }
      }
    }
    return target;
  }

  private Path config(String teacherRun) throws IOException {
    String runs =
        teacherRun == null ? "" : "{collection: tiny, file: " + teacherRun + ", weight: 1.0}";
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        name: tiny
        start: {location: FOLDER/start, licence: Apache-2.0}
        max_length: 48
        max_query_length: 24
        sources:
          - {kind: judged, collection: tiny, split: train, retrievers: [bm25], licence: ours, lists_per_query: 2, begins: 0.0, ends: 1.0}
        candidates: {depth: 8, negatives: 3, hardest: 1.0, false_negative_margin: 0.5}
        teacher: {bi_encoders: [], bm25_weight: 1.0, run_files: [RUNS]}
        never_near:
          - {collection: tiny, split: test}
        objectives:
          - {kind: infonce, weight: 1.0}
        optimisation: {learning_rate: 1.0e-3, warmup: 0.1, steps: 4, queries_per_step: 2, documents_per_query: 4, accumulation: 1, clip: 1.0, weight_decay: 0.01, dropout: 0.1, seed: 12}
        validation: {collection: tiny, split: train, queries: 2, depth: 8, every: 4, measure: nDCG@10}
        checkpoint_every: 2
        threads: 1
        output: FOLDER/run
        export: fp32
        """
            .replace("FOLDER", folder.toString())
            .replace("RUNS", runs));
  }
}
