/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.reranker.input.InvalidInputException;

class TrainingSetTest {
  @TempDir private Path home;

  @Test
  void readsWhatItWrote() throws IOException {
    TrainingSet set =
        new TrainingSet(
            List.of(list("t1", List.of(7.25, -1e-9)), list("t2", null)),
            List.of(list("v\u2028\"1\"", null)),
            new Preparation(
                "abc",
                List.of(new Preparation.SourceReport("s", "MIT", 9, 1, 2, 3, 0, 3, 1, 2)),
                "20 x bge",
                1));
    Path folder = home.resolve("set");

    set.write(folder);
    set.write(folder);

    assertThat(TrainingSet.read(folder)).isEqualTo(set);
    assertThat(home).isDirectoryContaining(path -> path.equals(folder));
    try (var inside = Files.list(home)) {
      assertThat(inside).hasSize(1);
    }
  }

  @Test
  void judgementsOfFoldersAreKeptToo() throws IOException {
    TrainingSet set =
        new TrainingSet(
            List.of(list("t1", null)),
            List.of(list("v1", null)),
            List.of(
                new Judgements("one/dev", "v1", Map.of("d1", 2, "missed", 1)),
                new Judgements("one/dev", "nothing found", Map.of("d2", -1))),
            new Preparation(
                "abc",
                List.of(),
                "",
                1,
                List.of(new Preparation.FolderReport("one/dev", 3, 1, 2, 1))));
    Path folder = home.resolve("set");
    set.write(folder);
    assertThat(TrainingSet.read(folder)).isEqualTo(set);

    Files.writeString(
        folder.resolve("judgements.jsonl"), "{\"source\": 1", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> TrainingSet.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("judgements.jsonl] line 3 is no judged query");
    Files.delete(folder.resolve("judgements.jsonl"));
    assertThatThrownBy(() -> TrainingSet.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("judgements.jsonl] is missing");
  }

  @Test
  void aSetFromBeforeThereWereFoldersIsRead() throws IOException {
    TrainingSet set =
        new TrainingSet(
            List.of(list("t1", null)), List.of(), new Preparation("abc", List.of(), "", 0));
    Path folder = home.resolve("set");
    set.write(folder);
    Path prepared = folder.resolve("prepared.json");
    String older = Files.readString(prepared).replaceFirst(",\\s*\"folders\"[^}]*", "");
    assertThat(older).doesNotContain("folders").contains("validationQueries");
    Files.writeString(prepared, older);
    assertThat(TrainingSet.read(folder)).isEqualTo(set);
  }

  @Test
  void namesTheDamagedLine() throws IOException {
    Path folder = home.resolve("set");
    new TrainingSet(
            List.of(list("t1", null), list("t2", null)),
            List.of(),
            new Preparation("abc", List.of(), "", 0))
        .write(folder);
    Path lines = folder.resolve("training.jsonl");
    String whole = Files.readString(lines);

    Files.writeString(lines, whole.substring(0, whole.length() - 20));

    assertThatThrownBy(() -> TrainingSet.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training.jsonl] line 2 is no training list")
        .hasMessageContaining("stillrank train prepare");
  }

  @Test
  void refusesAFolderThatWasNeverPrepared() {
    assertThatThrownBy(() -> TrainingSet.read(home))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("prepared.json] is missing");
  }

  @Test
  void aListHoldsOneFiniteScoreForEachCandidate() {
    assertThatThrownBy(() -> list("t", List.of(1.0, Double.NaN)))
        .hasMessageContaining("teacher scores of query t");
    assertThatThrownBy(() -> list("t", List.of(1.0))).hasMessageContaining("one finite number");
  }

  private static TrainingList list(String id, @Nullable List<Double> scores) {
    return new TrainingList(
        "s",
        id,
        "a query with \u00e9 and \ud83d\ude42",
        List.of(new Candidate("d1", "one\ntwo"), new Candidate("d2", "three")),
        List.of(1, 0),
        scores);
  }
}
