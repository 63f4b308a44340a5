/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.TrainingConfig;

class TeacherFiguresTest {
  @TempDir private Path home;

  @Test
  void aTeacherThatIsARetrieverMeasuresAsTheRetriever() throws IOException {
    TeacherFigures figures = figures(TinyConfig.yaml());

    assertThat(figures.measures()).extracting(Measure::name).containsExactly("nDCG@10", "R@100");
    assertThat(figures.rows())
        .extracting(TeacherFigures.Row::name)
        .containsExactly("bm25", "1.0 x bm25");
    assertThat(figures.rows().get(1).means()).isEqualTo(figures.rows().get(0).means());
    // Each topic shares words with its document, so BM25 finds all.
    assertThat(figures.rows().get(0).means().get(1)).isEqualTo(1);
  }

  @Test
  void aTeacherThatKnowsOneTopicHasNothingForTheOthers() throws IOException {
    Path run = home.resolve("theirs.run");
    Files.writeString(run, "t1 Q0 d1 1 9 theirs\nt1 Q0 d2 2 4 theirs\n");

    TeacherFigures figures =
        figures(
            TinyConfig.yaml()
                .replace(
                    "bm25_weight: 1.0\n  run_files: []",
                    "run_files:\n    - {collection: tiny, file: \"" + run + "\", weight: 1.0}"));

    // One topic is answered, and perfectly; of nine, one is a test query and one is near one.
    assertThat(figures.rows().getLast().means()).isEqualTo(List.of(1.0 / 7, 1.0 / 7));
  }

  @Test
  void saysThatThereIsNoTeacher() {
    String yaml =
        TinyConfig.yaml()
            .replaceAll("(?s)teacher:\n.*?never_near", "never_near")
            .replace("margin-mse", "infonce");

    assertThatThrownBy(() -> figures(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no [teacher] to measure");
  }

  @Test
  void saysThatFoldersHoldOutNothing() {
    String yaml =
        TinyConfig.yaml()
            .replace(
                "collection: tiny, split: train, queries: 2, depth: 8",
                "folders: [{collection: other, split: dev}]");

    assertThatThrownBy(() -> figures(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[validation] names [folders], and teachers are measured on queries");
  }

  private TeacherFigures figures(String yaml) throws IOException {
    Path file = home.resolve("config.yaml");
    Files.writeString(file, yaml);
    return TeacherFigures.of(
        TrainingConfig.read(file),
        TinyConfig.dataHome(),
        home.resolve("indexes"),
        Progress.silent());
  }
}
