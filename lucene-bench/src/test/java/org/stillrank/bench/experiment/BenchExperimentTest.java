/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.SmallCollection;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.RunFile;
import org.stillrank.reranker.input.InvalidInputException;

class BenchExperimentTest {
  @TempDir Path folder;
  private SmallCollection small;

  @BeforeEach
  void smallCollection() throws IOException {
    small = SmallCollection.in(folder.resolve("small"));
    small.document("cat", "Cats", "running cats").document("dog", "", "A dog's life");
    small.query("1", "cat").query("2", "dog").query("3", "not judged");
    small.judgement("1", "cat", 1).judgement("2", "dog", 2);
  }

  @Test
  void firstStageFromAFileIsCutAtTheHitsAndKeepsItsName() throws IOException {
    ExperimentResult result = run(runFile("1 Q0 dog 1 9 dense\n1 Q0 cat 2 8 dense\n"), 1);
    assertThat(result.systems()).extracting(SystemResult::name).containsExactly("dense");
    assertThat(result.systems().getFirst().run().ranking("1")).hasSize(1);
    assertThat(result.tests()).isEmpty();
    Measure measure = Measure.parse("nDCG@10");
    assertThat(result.systems().getFirst().evaluation().mean(measure)).isZero();
  }

  @Test
  void refusesARunOfAnotherCollection() throws IOException {
    Path documents = runFile("1 Q0 stranger 1 9 dense\n");
    assertThatThrownBy(() -> run(documents, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "["
                + documents
                + "] names the document [stranger], which the collection [small] has not; give a"
                + " run of this collection");
    Path topics = runFile("99 Q0 cat 1 9 dense\n");
    assertThatThrownBy(() -> run(topics, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names the topic [99], which the collection [small] has not");
  }

  @Test
  void refusesJudgementsOfAbsentDocuments() throws IOException {
    small.judgement("2", "gone", 1);
    for (@Nullable Path first : new Path[] {null, runFile("1 Q0 cat 1 9 dense\n")}) {
      assertThatThrownBy(() -> run(first, 10))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the qrels name [1] documents that [")
          .hasMessageContaining("the first [gone] for the topic [2]; remove those lines or");
    }
  }

  @Test
  void refusesCountsBelowOne() {
    assertThatThrownBy(() -> run(null, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("hits [0]: give 1 or more");
  }

  @Test
  void aMissingModelIsToldBeforeAnythingIsIndexed() {
    Path missing = folder.resolve("no-model");
    assertThatThrownBy(() ->
            BenchExperiment.run(
                settings(small.folder(), null, 10, List.of(missing)), Progress.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + missing);
    assertThat(folder.resolve("indexes")).doesNotExist();
  }

  @Test
  void sciFactHasAnserinisFigure() throws IOException {
    ExperimentSettings settings = settings(shared("data/scifact"), null, 1000, List.of());
    ExperimentResult result = BenchExperiment.run(settings, Progress.silent());
    Path out = folder.resolve("out");
    ExperimentFiles.write(out, result);
    assertThat(ExperimentTable.of(result))
        .startsWith("scifact, test split, 300 queries")
        .containsPattern("nDCG@10 +bm25 +0\\.6789")
        .containsPattern("R@100 +bm25 +0\\.9253");
    assertThat(RunFile.read(out.resolve("bm25.run")).topics()).hasSize(300);
    assertThat(Files.readAllLines(out.resolve("per-query.tsv"))).hasSize(1 + 2 * 300);
  }

  private ExperimentResult run(@Nullable Path firstStage, int hits) throws IOException {
    return BenchExperiment.run(
        settings(small.folder(), firstStage, hits, List.of()), Progress.silent());
  }

  private ExperimentSettings settings(
      Path data, @Nullable Path firstStage, int hits, List<Path> models) {
    return new ExperimentSettings(
        data,
        "test",
        hits,
        100,
        models,
        null,
        firstStage,
        Measure.parseList("nDCG@10,R@100"),
        ComparisonSettings.seeded(1),
        folder.resolve("indexes"));
  }

  private Path runFile(String lines) throws IOException {
    return Files.writeString(folder.resolve("first.run"), lines);
  }
}
