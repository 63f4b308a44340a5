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
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;

class TrainingDataTest {
  private static final Path DATA = TinyConfig.dataHome();

  @TempDir private Path home;

  @Test
  void makesListsFromEverySourceWithoutTestQueries() throws IOException {
    TrainingSet set = prepare(TinyConfig.yaml(), home.resolve("set"));

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
    TrainingSet set = prepare(TinyConfig.yaml(), home.resolve("set"));

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
  void excerptsOfASourceAreWhatItsListsShow() throws IOException {
    String titles =
        TinyConfig.yaml()
            .replaceFirst(
                "lists_per_query: 2",
                "lists_per_query: 2, excerpts: {titles: 1.0, windows: 0.0, words: 60, lead: 16}");
    Set<String> parts = new HashSet<>();
    for (Document each : new DataHome(DATA).documents("tiny").values()) {
      parts.add(each.title().isEmpty() ? each.text() : each.title());
    }

    for (TrainingList list : prepare(titles, home.resolve("set")).training()) {
      List<String> shown = list.candidates().stream().map(Candidate::passage).toList();
      assertThat(parts.containsAll(shown)).isEqualTo(list.source().equals("tiny/train"));
    }
  }

  @Test
  void heldOutQueriesAndTheirDocumentsAreNotTrainedOn() throws IOException {
    TrainingSet set = prepare(TinyConfig.yaml(), home.resolve("set"));

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

  /**
   * A training that starts from another one's weights must not choose by what that one has seen.
   */
  @Test
  void trainingsOfDifferentSeedsMayHoldOutTheSameQueries() throws IOException {
    Set<List<String>> byTheTrainings = new HashSet<>();
    Set<List<String>> byTheirOwn = new HashSet<>();
    for (int seed = 20; seed < 26; seed++) {
      String yaml = TinyConfig.yaml().replace("seed: 12", "seed: " + seed);
      byTheTrainings.add(heldOut(yaml));
      byTheirOwn.add(heldOut(yaml.replace("queries: 2, ", "queries: 2, seed: 4, ")));
    }
    assertThat(byTheTrainings).hasSizeGreaterThan(1);
    assertThat(byTheirOwn).hasSize(1);
  }

  private List<String> heldOut(String yaml) throws IOException {
    return prepare(yaml, home.resolve("set")).validation().stream()
        .map(TrainingList::topicId)
        .toList();
  }

  @Test
  void theSameConfigMakesTheSameSetAndKeepsIt() throws IOException {
    Path folder = home.resolve("set");
    TrainingSet first = prepare(TinyConfig.yaml(), folder);
    Path lines = folder.resolve("training.jsonl");
    FileTime written = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(lines, written);

    assertThat(prepare(TinyConfig.yaml(), folder)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(lines)).isEqualTo(written);
    assertThat(prepare(TinyConfig.yaml(), home.resolve("elsewhere"))).isEqualTo(first);

    TrainingSet other = prepare(TinyConfig.yaml().replace("seed: 12", "seed: 13"), folder);
    assertThat(other.training()).isNotEqualTo(first.training());
    assertThat(Files.getLastModifiedTime(lines)).isNotEqualTo(written);
  }

  @Test
  void theOrderFollowsBeginsAndEnds() throws IOException {
    TrainingSet set = prepare(TinyConfig.yaml(), home.resolve("set"));

    List<String> sources = set.training().stream().map(TrainingList::source).toList();
    assertThat(sources.lastIndexOf("tiny/title")).isLessThan(sources.indexOf("tiny/train"));
  }

  @Test
  void runFilesFindCandidates() throws IOException {
    Path run = home.resolve("found.run");
    StringBuilder lines = new StringBuilder();
    for (int topic = 1; topic <= 9; topic++) {
      for (int document = 5; document <= 8; document++) {
        lines.append("t").append(topic).append(" Q0 d").append(document);
        lines.append(" 1 ").append(document).append(".5 found\n");
      }
    }
    Files.writeString(run, lines);
    String yaml =
        TinyConfig.yaml()
            .replaceFirst("retrievers: \\[bm25\\]", "retrievers: [\"run:" + run + "\"]")
            .replace("false_negative_margin: 0.5", "false_negative_margin: 1000.0");
    TrainingSet set = prepare(yaml, home.resolve("set"));
    assertThat(set.training())
        .filteredOn(list -> list.source().equals("tiny/train"))
        .isNotEmpty()
        .allSatisfy(list ->
            assertThat(list.candidates().subList(1, list.candidates().size()))
                .extracting(Candidate::documentId)
                .isSubsetOf("d5", "d6", "d7", "d8"));
    // Another run under the same name is another set.
    String before = set.preparation().fingerprint();
    Files.writeString(run, lines.toString().replace("8.5", "9.5"));
    assertThat(prepare(yaml, home.resolve("set")).preparation().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void runFilesThatAreOfAnotherCollectionOrMissingAreRefused() throws IOException {
    // One of these may be held out, and then nobody looks for its candidates.
    Path run =
        Files.write(
            home.resolve("found.run"),
            List.of("t1 Q0 gone 1 2 r", "t6 Q0 gone 1 2 r", "t9 Q0 gone 1 2 r"));
    String finds =
        TinyConfig.yaml()
            .replaceFirst("retrievers: \\[bm25\\]", "retrievers: [\"run:" + run + "\"]");
    String teaches =
        TinyConfig.yaml()
            .replace(
                "run_files: []", "run_files: [{collection: tiny, file: nowhere, weight: 1.0}]");
    assertThatThrownBy(() -> prepare(finds, home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "found.run] names the document [gone], which the collection [tiny] has not");
    Files.delete(run);
    assertThatThrownBy(() -> prepare(finds, home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found.run] is not there; check its path");
    assertThatThrownBy(() -> prepare(teaches, home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere] is not there; check its path");
    assertThat(home.resolve("s")).doesNotExist();
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
        TinyConfig.yaml()
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
    assertThatThrownBy(() ->
            prepare(TinyConfig.yaml().replace("queries: 2", "queries: 50"), home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[validation.queries] is [50], but [tiny/train] has only");
    assertThat(home.resolve("s")).doesNotExist();
  }

  @Test
  void neverReplacesAFolderOfOtherFiles() throws IOException {
    Path folder = Files.createDirectory(home.resolve("mine"));
    Path precious = Files.writeString(folder.resolve("thesis.txt"), "words");

    assertThatThrownBy(() -> prepare(TinyConfig.yaml(), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mine] holds files and is no prepared training set");
    assertThat(precious).hasContent("words");
  }

  @Test
  void saysWhichCollectionIsMissing() {
    assertThatThrownBy(() ->
            prepare(
                TinyConfig.yaml().replace("collection: tiny", "collection: gone"),
                home.resolve("s")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gone] is not a folder");
  }

  private TrainingSet prepare(String yaml, Path folder) throws IOException {
    Path file = home.resolve("config.yaml");
    Files.writeString(file, yaml);
    return TrainingData.prepare(
        TrainingConfig.read(file), DATA, home.resolve("indexes"), folder, Progress.silent());
  }
}
