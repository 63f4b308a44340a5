/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.testing.SharedFiles;

class Bm25TextScorerTest {
  @TempDir private Path indexes;

  /** The oracle is Anserini's own run of the collection. */
  @Test
  void aDocumentsTextScoresAsInAnserini() throws IOException {
    Path folder = SharedFiles.shared("data/adi");
    BeirCollection collection = BeirCollection.open(folder);
    Map<String, String> passages =
        collection.documents().stream().collect(Collectors.toMap(Document::id, Document::passage));
    var anserini = RunFile.read(folder.resolve("reference/bm25-anserini-0.13.3.top100.run.gz"));

    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexes, Progress.silent())) {
      Bm25TextScorer scorer = index.textScorer();
      for (Topic topic : collection.topics("test")) {
        List<ScoredDocument> hits = anserini.ranking(topic.id());
        double[] scores =
            scorer.scores(
                topic.text(), hits.stream().map(hit -> passages.get(hit.docId())).toList());
        for (int i = 0; i < scores.length; i++) {
          // Four decimals, less a millionth for each tie.
          assertThat(scores[i]).isCloseTo(hits.get(i).score(), within(2e-4));
        }
      }
    }
  }

  @Test
  void wordsThatAreNotThereScoreNothing() throws IOException {
    BeirCollection collection = BeirCollection.open(SharedFiles.shared("data/adi"));

    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexes, Progress.silent())) {
      assertThat(
              index
                  .textScorer()
                  .scores("retrieval zzzz", List.of("", "zzzz", "information retrieval", "cat")))
          .satisfies(scores -> {
            assertThat(scores[0]).isZero();
            assertThat(scores[1]).isZero();
            assertThat(scores[2]).isPositive();
            assertThat(scores[3]).isZero();
          });
    }
  }
}
