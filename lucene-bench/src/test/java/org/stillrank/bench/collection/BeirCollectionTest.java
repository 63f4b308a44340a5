/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillrank.testing.SharedFiles.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillrank.reranker.input.InvalidInputException;

class BeirCollectionTest {
  @TempDir Path folder;

  @BeforeEach
  void smallCollection() throws IOException {
    corpus("{\"_id\": \"d1\", \"title\": \"A title\", \"text\": \"a text\"}\n");
    queries("{\"_id\": \"q2\", \"text\": \"second\"}\n{\"_id\": \"q1\", \"text\": \"first\"}\n");
    qrels("test", "q1\td1\t1\nq2\td1\t0\n");
  }

  @Test
  void readsDocumentsWithAllTheirOddities() throws IOException {
    corpus(
        """
        {"_id": "d1", "title": "A title", "text": "a text", "metadata": {"url": ["x"]}}

        {"_id": 2, "text": "no title, a number for an id"}
        {"text": "", "title": null, "_id": "d3"}
        {"_id":"d4","title":"ünï \\u00e9","text":"a\\nb"}
        """);
    assertThat(open().documents())
        .containsExactly(
            new Document("d1", "A title", "a text"),
            new Document("2", "", "no title, a number for an id"),
            new Document("d3", "", ""),
            new Document("d4", "ünï é", "a\nb"));
    assertThat(open().documents().stream().map(Document::passage))
        .containsExactly("A title a text", "no title, a number for an id", "", "ünï é a\nb");
  }

  @Test
  void readsGzipWhereThePlainFileIsMissing() throws IOException {
    Files.delete(folder.resolve("corpus.jsonl"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("corpus.jsonl.gz")))) {
      out.write("{\"_id\": \"z\", \"text\": \"packed\"}".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(open().documents()).containsExactly(new Document("z", "", "packed"));
  }

  @Test
  void topicsOfASplitAreTheJudgedOnesInTheOrderOfTheQueries() throws IOException {
    qrels("dev", "q1\td1\t1\n");
    assertThat(open().topics("test")).extracting(Topic::id).containsExactly("q2", "q1");
    assertThat(open().topics("dev")).containsExactly(new Topic("q1", "first"));
    assertThat(open().allTopics()).hasSize(2);
  }

  @Test
  void looksUpWhatIsAskedFor() throws IOException {
    assertThat(open().documents(Set.of("d1"))).containsOnlyKeys("d1");
    assertThatThrownBy(() -> open().documents(Set.of("d1", "gone")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the document [gone] is not in [" + folder.resolve("corpus.jsonl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"_id\": \"d2\", \"text\": \"x\" | is not JSON",
        "not json | is not JSON",
        "[1, 2] | is not a JSON object; expected {\"_id\"",
        "{\"title\": \"t\", \"text\": \"x\"} | lacks the field [_id]",
        "{\"_id\": \"d2\", \"title\": \"t\"} | lacks the field [text]",
        "{\"_id\": \"d2\", \"text\": 3} | has a [text] that is not text",
        "{\"_id\": \"d2\", \"title\": [], \"text\": \"\"} | has a [title] that is not text",
        "{\"_id\": \"a b\", \"text\": \"\"} | has the [_id] [a b]; run files need ids without",
        "{\"_id\": \"\", \"text\": \"\"} | has the [_id] []; run files need ids without",
        "{\"_id\": null, \"text\": \"\"} | has an [_id] that is neither text nor a whole number",
        "{\"_id\": \"d2\", \"text\": \"\"} {} | goes on after its JSON object",
      })
  void namesFileAndLineOfAMalformedDocument(String line, String problem) throws IOException {
    corpus("{\"_id\": \"d1\", \"text\": \"fine\"}\n\n" + line + "\n");
    assertThatThrownBy(() -> open().documents())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.resolve("corpus.jsonl") + ":3: ")
        .hasMessageContaining(problem);
  }

  @Test
  void refusesARepeatedQuery() throws IOException {
    queries("{\"_id\": \"q1\", \"text\": \"a\"}\n{\"_id\": \"q1\", \"text\": \"b\"}\n");
    assertThatThrownBy(() -> open().allTopics())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("queries.jsonl:2: repeats the [_id] [q1]; ids must be unique");
  }

  @Test
  void refusesJudgementsOfATopicWithoutText() throws IOException {
    qrels("test", "q9\td1\t1\n");
    assertThatThrownBy(() -> open().topics("test"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("judges the topic [q9], which is not in [")
        .hasMessageContaining("queries.jsonl");
  }

  @Test
  void namesTheSplitsAtHandWhenOneIsMissing() throws IOException {
    qrels("dev", "q1\td1\t1\n");
    assertThatThrownBy(() -> open().qrels("tset"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the split [tset] has no [")
        .hasMessageEndingWith("splits at hand: [dev, test]");
  }

  @Test
  void refusesWhatIsNoBeirFolder() throws IOException {
    Path missing = folder.resolve("nothing");
    assertThatThrownBy(() -> BeirCollection.open(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + missing + "] is not a folder; give a BEIR folder");
    Files.delete(folder.resolve("queries.jsonl"));
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[" + folder + "] lacks [queries.jsonl]");
  }

  @Test
  void countsOfRealCollectionsAreThePublishedOnes() throws IOException {
    BeirCollection scifact = BeirCollection.open(shared("data/scifact"));
    assertThat(scifact.name()).isEqualTo("scifact");
    assertThat(scifact.documents()).hasSize(5183);
    assertThat(scifact.topics("test")).hasSize(300);
    assertThat(scifact.topics("train")).hasSize(809);
    BeirCollection cisi = BeirCollection.open(shared("data/cisi"));
    assertThat(List.of(cisi.allTopics().size(), cisi.topics("test").size()))
        .containsExactly(112, 76);
  }

  private BeirCollection open() {
    return BeirCollection.open(folder);
  }

  private void corpus(String lines) throws IOException {
    Files.writeString(folder.resolve("corpus.jsonl"), lines);
  }

  private void queries(String lines) throws IOException {
    Files.writeString(folder.resolve("queries.jsonl"), lines);
  }

  private void qrels(String split, String lines) throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    Files.writeString(
        folder.resolve("qrels").resolve(split + ".tsv"), "query-id\tcorpus-id\tscore\n" + lines);
  }
}
