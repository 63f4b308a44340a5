/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.bundle.FileHash;
import org.stillrank.testing.SharedFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trainings that are killed at any moment end as one that was not, weights and log. */
class KilledTrainingTest {
  private static final int STEPS = 90;

  /** Far from the end, so that the training is still there when the signal comes. */
  private static final int LATEST = 40;

  private static final int KILLS = 3;

  @TempDir private Path temporary;

  /** One family chooses by held-out queries, the other by folders. */
  @ParameterizedTest
  @CsvSource({"minilm, false", "deberta-v3, true"})
  void killedThreeTimesAtRandomItEndsTheSame(String backbone, boolean folders) throws Exception {
    TrainingFolder trainings = TrainingFolder.with(backbone, temporary, 1);
    String validation = folders ? folders() : TrainingFolder.HELD_OUT;
    List<String> whole = trainings.arguments("whole", STEPS, validation);
    assertEnds(trainings.start(whole, "whole", "unlimited"), trainings, "whole");

    long seed = System.nanoTime();
    int[] moments = new Random(seed).ints(KILLS, 1, LATEST).sorted().toArray();
    List<String> arguments = trainings.arguments("killed", STEPS, validation);
    for (int moment : moments) {
      Process process = trainings.start(arguments, "killed", "unlimited");
      try {
        trainings.awaitStep("killed", moment, process);
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue())
          .as("SIGKILL at step %d of seed %d", moment, seed)
          .isEqualTo(128 + 9);
    }
    assertEnds(trainings.start(arguments, "killed", "unlimited"), trainings, "killed");

    assertThat(log(trainings, "killed"))
        .as("killed after steps %s", (Object) moments)
        .hasSize(STEPS + 3)
        .isEqualTo(log(trainings, "whole"));
    for (String file :
        List.of(
            "checkpoints/step-000000" + STEPS + "/weights.safetensors",
            "checkpoints/step-000000" + STEPS + "/gradient-means.safetensors",
            "checkpoints/step-000000" + STEPS + "/gradient-squares.safetensors",
            "bundle/model.onnx")) {
      assertThat(FileHash.sha256(trainings.file("killed/" + file)))
          .as("%s, killed after steps %s", file, moments)
          .isEqualTo(FileHash.sha256(trainings.file("whole/" + file)));
    }
    if (folders) {
      assertThat(Files.readString(trainings.file("killed/bundle/bundle.json")))
          .contains(
              "one/dev, two/dev",
              "6 queries that chose the checkpoint, mean of the folders' means, BM25 depth 5 and a"
                  + " run's depth 100");
    }
  }

  /** Two folders of the collection's own documents, one of them with a run. */
  private String folders() throws IOException {
    Path tiny = SharedFiles.project("trainer/src/test/resources/tiny");
    Path run = Files.writeString(temporary.resolve("their.run"), "a Q0 d5 1 2 r\na Q0 d6 2 1 r\n");
    List<String> entries = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Path folder =
          Files.createDirectories(temporary.resolve("beir/" + name + "/qrels")).getParent();
      Files.copy(tiny.resolve("corpus.jsonl"), folder.resolve("corpus.jsonl"));
      Files.writeString(
          folder.resolve("queries.jsonl"),
          """
          {"_id": "a", "text": "which animals find their way by sound"}
          {"_id": "b", "text": "is too much salt bad for the heart"}
          {"_id": "c", "text": "what helps against a cold"}
          """);
      Files.writeString(
          folder.resolve("qrels/dev.tsv"),
          "query-id\tcorpus-id\tscore\na\td5\t2\na\td6\t1\nb\td4\t1\nc\td2\t2\nc\td1\t1\n");
      entries.add(
          "{collection: "
              + folder
              + ", split: dev"
              + (name.equals("two") ? ", run: " + run : ", depth: 5")
              + "}");
    }
    return "folders: " + entries;
  }

  private static void assertEnds(Process process, TrainingFolder trainings, String name)
      throws InterruptedException {
    assertThat(process.waitFor(180, SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> trainings.said(name)).isZero();
  }

  /** Without how long things took. */
  private static List<JsonNode> log(TrainingFolder trainings, String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(trainings.file(name + "/log.jsonl"))) {
      ObjectNode fields = (ObjectNode) JsonMapper.shared().readTree(line);
      lines.add(fields.remove(List.of("seconds", "pairs_per_second", "tokens_per_second")));
    }
    return lines;
  }
}
