/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.haystack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.testing.SharedFiles.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.SmallCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.reranker.input.InvalidInputException;

class HaystackTest {
  private static final List<Double> DEPTHS = List.of(0.0, 0.5, 1.0);

  @TempDir Path folder;

  @Test
  void everyTextStandsWhereDepthsSays() throws IOException {
    BeirCollection demo = BeirCollection.open(project("distribution/demo"));
    BeirCollection hidden = haystack(demo, 400, 7, "long");

    List<String> depths = Files.readAllLines(folder.resolve("long/depths.tsv"));
    List<Document> texts = demo.documents();
    List<Document> documents = hidden.documents();
    assertThat(documents).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      List<String> text = Hay.words(texts.get(i).passage());
      List<String> words = Hay.words(documents.get(i).passage());
      String[] where = depths.get(i + 1).split("\t");
      int before = Integer.parseInt(where[2]);
      assertThat(words).hasSize(400);
      assertThat(words.subList(before, before + text.size())).isEqualTo(text);
      assertThat(where[0]).isEqualTo(documents.get(i).id());
      assertThat(Double.parseDouble(where[1])).isIn(DEPTHS);
      assertThat(before)
          .isEqualTo((int) Math.round(Double.parseDouble(where[1]) * (400 - text.size())));
      assertThat(documents.get(i).title()).isEmpty();
    }
    assertThat(depths.stream().skip(1).map(line -> line.split("\t")[1]).distinct()).hasSize(3);
    assertThat(hidden.topics("test")).isEqualTo(demo.topics("test"));
    assertThat(hidden.qrels("test")).usingRecursiveComparison().isEqualTo(demo.qrels("test"));
  }

  @Test
  void theSeedAloneDecidesWhatSurrounds() throws IOException {
    BeirCollection demo = BeirCollection.open(project("distribution/demo"));
    List<Document> once = haystack(demo, 100, 7, "once").documents();
    assertThat(haystack(demo, 100, 7, "again").documents()).isEqualTo(once);
    assertThat(haystack(demo, 100, 8, "other").documents()).isNotEqualTo(once);
  }

  @Test
  void aLongTextStaysWhole() throws IOException {
    SmallCollection small = SmallCollection.in(folder.resolve("small"));
    small.document("a", "One two", "three four five").document("b", "", "");
    small.query("1", "three").judgement("1", "a", 1);
    List<Document> documents =
        haystack(BeirCollection.open(folder.resolve("small")), 3, 1, "long").documents();
    assertThat(documents.get(0)).isEqualTo(new Document("a", "", "One two three four five"));
    assertThat(Hay.words(documents.get(1).text())).hasSize(3);
  }

  @Test
  void anotherFolderIsNotReplaced() throws IOException {
    BeirCollection demo = BeirCollection.open(project("distribution/demo"));
    Path letters = Files.createDirectory(folder.resolve("letters"));
    Files.writeString(letters.resolve("dear"), "you");
    assertThatThrownBy(() -> haystack(demo, 100, 7, "letters"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("letters] is there and no haystack");
    assertThat(letters.resolve("dear")).hasContent("you");
    haystack(demo, 100, 7, "mine");
    assertThat(haystack(demo, 200, 7, "mine").documents())
        .allMatch(document -> Hay.words(document.text()).size() == 200);
  }

  @Test
  void hayWithoutWordsIsRefused() throws IOException {
    SmallCollection.in(folder.resolve("empty")).document("a", "", " ").query("1", "x");
    BeirCollection empty = BeirCollection.open(folder.resolve("empty"));
    assertThatThrownBy(() -> Hay.of(List.of(empty)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[empty] hold no text");
    assertThatThrownBy(() -> new HaystackOptions(0, DEPTHS, 1))
        .hasMessage("[words] is [0]; give 1 or more");
    assertThatThrownBy(() -> new HaystackOptions(9, List.of(), 1))
        .hasMessageStartingWith("[depths] is empty");
    assertThatThrownBy(() -> new HaystackOptions(9, List.of(0.5, Double.NaN), 1))
        .hasMessageStartingWith("[depths] has [NaN]");
  }

  private BeirCollection haystack(BeirCollection collection, int words, long seed, String name)
      throws IOException {
    Path target = folder.resolve(name);
    BeirCollection hay = BeirCollection.open(project("distribution/demo"));
    new Haystack(collection, List.of(hay), new HaystackOptions(words, DEPTHS, seed))
        .write(target, Progress.silent());
    return BeirCollection.open(target);
  }
}
