/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;

class TrainingDataTest {
  private static final Path DATA = SharedFiles.project("trainer/src/test/resources");

  @TempDir private Path home;

  @Test
  void makesListsFromEverySourceWithoutTestQueries() throws IOException {
    TrainingSet set = prepare(config(), home.resolve("set"));

    List<SourceReport> reports = set.preparation().sources();
    assertThat(reports)
        .extracting(SourceReport::source)
        .containsExactly("tiny/train", "tiny/title", "tiny/sentence");
    SourceReport judged = reports.getFirst();
    // t3 is a test query but for punctuation; t8 shares 6 of 7 sequences of five words with one.
    assertThat(judged.queries()).isEqualTo(9);
    assertThat(judged.equalToTest()).isEqualTo(1);
    assertThat(judged.nearTest()).isEqualTo(1);
    assertThat(set.training())
        .extracting(TrainingList::query)
        .doesNotContain("zinc lozenges shorten a cold in a study")
        .noneMatch(query -> query.startsWith("staying awake harms"));
    assertThat(judged.heldOut()).isEqualTo(set.validation().size()).isBetween(2, 3);
    assertThat(judged.lists()).isEqualTo(2 * judged.used());
    assertThat(set.training()).hasSize(reports.stream().mapToInt(SourceReport::lists).sum());
  }

  @Test
  void everyListHasItsRelevantPassageFirstAndOthersThatAreNot() throws IOException {
    TrainingSet set = prepare(config(), home.resolve("set"));

    for (TrainingList list : set.training()) {
      assertThat(list.candidates()).hasSize(4);
      assertThat(list.grades()).containsExactly(1, 0, 0, 0);
      assertThat(list.candidates()).extracting(Candidate::documentId).doesNotHaveDuplicates();
      assertThat(list.teacherScores()).hasSize(4);
      double positive = list.teacherScores().getFirst();
      assertThat(list.teacherScores()).allMatch(score -> score <= positive + 0.5);
    }
  }

  @Test
  void heldOutQueriesAndTheirDocumentsAreNotTrainedOn() throws IOException {
    TrainingSet set = prepare(config(), home.resolve("set"));

    Set<String> heldOut = new HashSet<>();
    Set<String> documents = new HashSet<>();
    for (TrainingList list : set.validation()) {
      heldOut.add(list.query());
      for (int i = 0; i < list.grades().size(); i++) {
        if (list.grades().get(i) > 0) {
          documents.add(list.candidates().get(i).documentId());
        }
      }
    }
    assertThat(documents).isNotEmpty();
    for (TrainingList list : set.training()) {
      assertThat(heldOut).doesNotContain(list.query());
      if (list.source().equals("tiny/train")) {
        assertThat(documents).doesNotContain(list.candidates().getFirst().documentId());
      }
    }
  }

  @Test
  void theSameConfigMakesTheSameSetAndKeepsIt() throws IOException {
    Path folder = home.resolve("set");
    TrainingSet first = prepare(config(), folder);
    Path lines = folder.resolve("training.jsonl");
    FileTime written = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(lines, written);

    assertThat(prepare(config(), folder)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(lines)).isEqualTo(written);
    assertThat(prepare(config(), home.resolve("elsewhere"))).isEqualTo(first);

    TrainingSet other = prepare(config().replace("seed: 12", "seed: 13"), folder);
    assertThat(other.training()).isNotEqualTo(first.training());
    assertThat(Files.getLastModifiedTime(lines)).isNotEqualTo(written);
  }

  @Test
  void theOrderFollowsBeginsAndEnds() throws IOException {
    TrainingSet set = prepare(config(), home.resolve("set"));

    List<String> sources = set.training().stream().map(TrainingList::source).toList();
    assertThat(sources.lastIndexOf("tiny/title")).isLessThan(sources.indexOf("tiny/train"));
  }

  @Test
  void runFilesTeachOnlyWhatTheyKnow() throws IOException {
    Path run = home.resolve("theirs.run");
    Files.writeString(
        run,
        """
        t1 Q0 d1 1 9 theirs
        t1 Q0 d2 2 4 theirs
        t1 Q0 d8 3 3 theirs
        t1 Q0 d4 4 2 theirs
        t1 Q0 d3 5 1 theirs
        """);
    String yaml =
        config()
            .replace(
                "bm25_weight: 1.0\n  run_files: []",
                "run_files:\n    - {collection: tiny, file: \"" + run + "\", weight: 2.0}")
            .replaceAll("(?m)^  - \\{kind: (?:title|sentence).*\\n", "")
            .replace("queries: 2", "queries: 1");

    TrainingSet set = prepare(yaml, home.resolve("set"));

    assertThat(set.training()).extracting(TrainingList::topicId).containsOnly("t1");
    assertThat(set.training())
        .allSatisfy(list ->
            assertThat(list.teacherScores()).startsWith(18.0).allMatch(score -> score >= 2));
  }

  @Test
  void saysWhenThereAreTooFewQueriesToHoldOut() {
    assertThatThrownBy(
            () -> prepare(config().replace("queries: 2", "queries: 50"), home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[validation.queries] is [50], but [tiny/train] has only");
    assertThat(home.resolve("s")).doesNotExist();
  }

  @Test
  void saysWhichCollectionIsMissing() {
    assertThatThrownBy(() ->
            prepare(config().replace("collection: tiny", "collection: gone"), home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gone] is not a folder");
  }

  private TrainingSet prepare(String yaml, Path folder) throws IOException {
    Path file = home.resolve("config.yaml");
    Files.writeString(file, yaml);
    return TrainingData.prepare(
        TrainingConfig.read(file), DATA, home.resolve("indexes"), folder, Progress.silent());
  }

  private static String config() {
    return """
    name: tiny
    start: {location: nowhere, licence: MIT}
    max_length: 64
    max_query_length: 32
    sources:
      - {kind: judged, collection: tiny, split: train, retrievers: [bm25], licence: ours, lists_per_query: 2, begins: 0.5, ends: 1.0}
      - {kind: title, collection: tiny, retrievers: [bm25], licence: ours, lists_per_query: 1, begins: 0.0, ends: 0.5}
      - {kind: sentence, collection: tiny, retrievers: [bm25], licence: ours, lists_per_query: 1, begins: 0.0, ends: 1.0}
    candidates: {depth: 8, negatives: 3, hardest: 1.0, false_negative_margin: 0.5}
    teacher:
      bi_encoders: []
      bm25_weight: 1.0
      run_files: []
    never_near:
      - {collection: tiny, split: test}
    objectives:
      - {kind: margin-mse, weight: 1.0}
    optimisation: {learning_rate: 1.0e-4, warmup: 0.1, steps: 10, queries_per_step: 2, documents_per_query: 4, accumulation: 1, clip: 1.0, weight_decay: 0.0, dropout: 0.0, seed: 12}
    validation: {collection: tiny, split: train, queries: 2, depth: 8, every: 5, measure: nDCG@10}
    checkpoint_every: 5
    threads: 1
    output: runs/tiny
    export: fp32
    """;
  }
}
