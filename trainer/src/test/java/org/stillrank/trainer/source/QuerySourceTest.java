/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.testing.SharedFiles;
import org.stillrank.trainer.example.Candidate;

class QuerySourceTest {
  private static final BeirCollection TINY =
      BeirCollection.open(SharedFiles.project("trainer/src/test/resources/tiny"));

  @Test
  void judgedTopicsShowTitleAndText() throws IOException {
    List<TrainingQuery> queries = new JudgedTopics(TINY, documents(), "train").queries();

    assertThat(queries).hasSize(9);
    assertThat(queries.getFirst().text())
        .isEqualTo("vitamin C does not prevent colds in adults in a study");
    assertThat(queries.getFirst().relevant())
        .singleElement()
        .satisfies(candidate -> {
          assertThat(candidate.documentId()).isEqualTo("d1");
          assertThat(candidate.passage())
              .startsWith("Vitamin C and the common cold in adults: a study Asco");
        });
  }

  @Test
  void refusesARelevantDocumentThatIsNotThere(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("qrels"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"_id\":\"a\",\"text\":\"x\"}\n");
    Files.writeString(folder.resolve("queries.jsonl"), "{\"_id\":\"q\",\"text\":\"y\"}\n");
    Files.writeString(
        folder.resolve("qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq\tgone\t1\n");

    assertThatThrownBy(
            () -> new JudgedTopics(BeirCollection.open(folder), Map.of(), "train").queries())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("call the document [gone] relevant for the topic [q]");
  }

  @Test
  void titlesAreShownNowhereToTheirOwnQueries() throws IOException {
    Titles titles = new Titles(documents().values());

    List<TrainingQuery> queries = titles.queries();

    // The untitled document asks for nothing, yet can be a negative.
    assertThat(queries).hasSize(7).noneMatch(query -> query.id().endsWith("d8"));
    for (TrainingQuery query : queries) {
      assertThat(query.relevant().getFirst().passage()).doesNotContain(query.text());
    }
    for (Document document : documents().values()) {
      if (!document.title().isEmpty()) {
        assertThat(titles.shown(document)).doesNotContain(document.title());
      }
    }
  }

  @Test
  void aSentenceLeavesItsAbstract() throws IOException {
    Map<String, Document> documents = documents();
    AbstractSentences source = new AbstractSentences(documents.values(), 3);

    List<TrainingQuery> queries = source.queries();

    assertThat(queries).isNotEmpty();
    for (TrainingQuery query : queries) {
      Candidate relevant = query.relevant().getFirst();
      Document document = documents.get(relevant.documentId());
      assertThat(document.text()).contains(query.text());
      assertThat(relevant.passage()).doesNotContain(query.text()).startsWith(document.title());
      assertThat(relevant.passage().length() + query.text().length() + 1)
          .isEqualTo(document.passage().length());
    }
    assertThat(new AbstractSentences(documents.values(), 3).queries()).isEqualTo(queries);
  }

  @Test
  void aClaimLosesItsHeadingAndNeverLeansOnTheSentenceBefore() {
    String text =
        "First we say what is already known here. This depends on the sentence before it. It is"
            + " about the very same thing again. CONCLUSIONS: Therefore, green tea lowers the risk"
            + " of falling in winter.";
    Document document = new Document("d", "A title", text);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(new AbstractSentences(List.of(document), seed).queries())
          .singleElement()
          .satisfies(query ->
              assertThat(query.text())
                  .isIn(
                      "First we say what is already known here.",
                      "green tea lowers the risk of falling in winter."));
    }
  }

  private static Map<String, Document> documents() throws IOException {
    Map<String, Document> documents = new LinkedHashMap<>();
    TINY.forEachDocument(each -> documents.put(each.id(), each));
    return documents;
  }
}
