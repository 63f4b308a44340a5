/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.SmallCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;

class Bm25IndexTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path home;
  private SmallCollection small;

  @BeforeEach
  void smallCollection() throws IOException {
    home = folder.resolve("indexes");
    small = SmallCollection.in(folder.resolve("small"));
    small.document("d2", "Cats", "running cats").document("d10", "Cats", "running cats");
    small.document("d3", "", "A dog's life").document("empty", "", "");
  }

  @Test
  void equalScoresAreListedByIdAndLoweredByOneMillionth() throws IOException {
    List<ScoredDocument> hits = search("the cat runs", 10);
    assertThat(hits).extracting(ScoredDocument::docId).containsExactly("d10", "d2");
    assertThat(hits.get(0).score() - hits.get(1).score()).isBetween(0.9e-6, 1.1e-6);
    assertThat(search("cat", 1)).extracting(ScoredDocument::docId).containsExactly("d10");
  }

  @Test
  void analysisDropsPossessivesAndStopWords() throws IOException {
    assertThat(search("dogs", 10)).extracting(ScoredDocument::docId).containsExactly("d3");
    assertThat(search("the a of", 10)).isEmpty();
    assertThat(search("zebra", 10)).isEmpty();
  }

  @Test
  void aTopicWithoutHitsIsInTheRunAndEmpty() throws IOException {
    try (Bm25Index index = index()) {
      Run run = index.search(List.of(new Topic("1", "zebra"), new Topic("2", "dog")), 10);
      assertThat(run.tag()).isEqualTo("bm25");
      assertThat(run.topics()).containsExactly("1", "2");
      assertThat(run.ranking("1")).isEmpty();
      assertThat(index.documentIds()).containsExactlyInAnyOrder("d2", "d10", "d3", "empty");
    }
  }

  @Test
  void anIndexIsKeptWhileItsCorpusIsUnchanged() throws IOException {
    index().close();
    Path first = onlyIndex();
    for (Path file : files(first)) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    index().close();
    for (Path file : files(onlyIndex())) {
      assertThat(Files.getLastModifiedTime(file)).as("%s", file).isEqualTo(LONG_AGO);
    }
    small.document("d4", "", "a zebra");
    assertThat(search("zebra", 10)).extracting(ScoredDocument::docId).containsExactly("d4");
    assertThat(files(home)).hasSize(2).contains(first);
  }

  @Test
  void aBuildThatFailsLeavesNothing() throws IOException {
    for (int i = 0; i < 1000; i++) {
      small.document("more" + i, "", "word" + i);
    }
    small.line("corpus.jsonl", "{\"_id\": \"bad\"}");
    assertThatThrownBy(this::index)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("corpus.jsonl:1005: lacks the field [text]");
    assertThat(files(home)).isEmpty();
  }

  @Test
  void refusesARepeatedDocument() throws IOException {
    small.document("d3", "", "again");
    assertThatThrownBy(this::index)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("corpus.jsonl:5: repeats the [_id] [d3]; ids must be unique");
    assertThat(files(home)).isEmpty();
  }

  @Test
  void whatAKilledBuildLeftIsNotTakenForAnIndex() throws IOException {
    index().close();
    Path whole = onlyIndex();
    Path left = home.resolve("." + whole.getFileName() + ".0.partial");
    Files.move(whole, left);
    Files.delete(files(left).getFirst());
    assertThat(search("dog", 10)).hasSize(1);
    assertThat(files(home)).containsExactlyInAnyOrder(whole, left);
  }

  @Test
  void saysWhatToDoWithADamagedIndex() throws IOException {
    index().close();
    Path segments =
        files(onlyIndex()).stream()
            .filter(file -> file.getFileName().toString().startsWith("segments_"))
            .findFirst()
            .orElseThrow();
    Files.writeString(segments, "not an index at all, though long enough to be read as one");
    assertThatThrownBy(this::index)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the index [" + onlyIndex() + "] is damaged; delete it and it is built again");
  }

  @Test
  void saysWhichTopicIsTooLong() throws IOException {
    String words =
        IntStream.range(0, 1100).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    assertThatThrownBy(() -> search(words, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the topic [1] has [1100] different terms")
        .hasMessageContaining("1024");
    String repeated = "dog ".repeat(3000);
    assertThat(search(repeated, 10)).hasSize(1);
  }

  @Test
  void threadsDoNotChangeARun() throws IOException {
    BeirCollection nfcorpus = BeirCollection.open(shared("data/nfcorpus"));
    List<Topic> topics = nfcorpus.topics("test");
    Run first = null;
    for (String each : List.of("one", "two", "three")) {
      try (Bm25Index index =
          Bm25Index.openOrBuild(nfcorpus, folder.resolve(each), Progress.silent())) {
        Run run = index.search(topics, 1000);
        first = first == null ? run : first;
        for (String topic : first.topics()) {
          assertThat(run.ranking(topic)).isEqualTo(first.ranking(topic));
        }
      }
    }
  }

  private List<ScoredDocument> search(String query, int hits) throws IOException {
    try (Bm25Index index = index()) {
      return index.search(List.of(new Topic("1", query)), hits).ranking("1");
    }
  }

  private Bm25Index index() throws IOException {
    return Bm25Index.openOrBuild(small.open(), home, Progress.silent());
  }

  private Path onlyIndex() throws IOException {
    assertThat(files(home)).hasSize(1);
    return files(home).getFirst();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
