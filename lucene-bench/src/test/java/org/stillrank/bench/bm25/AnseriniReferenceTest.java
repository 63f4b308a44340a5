/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.RunFile;
import org.stillrank.bench.run.ScoredDocument;

/** Every collection at hand, against Anserini 0.13.3 (Lucene 8) measured by trec_eval. */
class AnseriniReferenceTest {
  private static final int HITS = 1000;

  /** Half of the last printed digit, and a little for the binary of it. */
  private static final double FOUR_DECIMALS = 0.5e-4 + 1e-12;

  /**
   * Single precision adds up differently from one Lucene to the next: one unit of the last digit.
   */
  private static final double SCORE = 1.1e-4;

  private static final Map<String, String> TREC_EVAL =
      Map.of(
          "nDCG@10", "ndcg_cut_10",
          "AP", "map",
          "RR", "recip_rank",
          "R@100", "recall_100",
          "R@1000", "recall_1000");

  @TempDir Path indexHome;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scifact",
        "nfcorpus",
        "cranfield",
        "cisi",
        "cacm",
        "adi",
        "checkthat20",
        "nq-utd",
        "noveleval"
      })
  void equalsAnserini(String name) throws IOException {
    AnseriniReference reference = AnseriniReference.of(name);
    Run run = search(reference.collection());
    assertMeasures(reference, run);
    assertOrder(reference.top100(), run);
  }

  /**
   * The one place in nine collections where Lucene 8 and 10 order two documents differently: equal
   * to four decimals, and Anserini 1.5.0 (Lucene 9) has our order. Its first 100 lines for the
   * topic are the resource; {@code bench peer} makes them again.
   */
  @Test
  void whereLucene8DiffersAnserini150DoesToo() throws IOException, URISyntaxException {
    AnseriniReference reference = AnseriniReference.of("scifact");
    String topic = "137";
    Path file =
        Path.of(
            Objects.requireNonNull(getClass().getResource("anserini-1.5.0-scifact-topic-137.run"))
                .toURI());
    List<ScoredDocument> newer = RunFile.read(file).ranking(topic);
    List<ScoredDocument> ours = search(reference.collection()).ranking(topic);
    assertThat(ids(ours.subList(0, newer.size()))).isEqualTo(ids(newer));
    assertThat(ids(reference.top100().ranking(topic))).isNotEqualTo(ids(newer));
  }

  private Run search(BeirCollection collection) throws IOException {
    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexHome, Progress.silent())) {
      return index.search(collection.topics("test"), HITS);
    }
  }

  private static void assertMeasures(AnseriniReference reference, Run run) throws IOException {
    Evaluation ours =
        Evaluation.of(
            Measure.parseList(String.join(",", TREC_EVAL.keySet())),
            run,
            reference.collection().qrels("test"));
    Map<String, Double> means = reference.means();
    for (Measure measure : ours.measures()) {
      String theirs = TREC_EVAL.get(measure.name());
      assertThat(ours.mean(measure)).as(theirs).isCloseTo(means.get(theirs), within(FOUR_DECIMALS));
      reference
          .perTopic(theirs)
          .forEach((topic, value) ->
              assertThat(ours.perTopic(measure).get(topic))
                  .as("%s of topic %s", theirs, topic)
                  .isCloseTo(value, within(1e-4)));
    }
    // The reference has per-topic values for these three; make sure that they were compared.
    assertThat(reference.perTopic("map")).isNotEmpty();
    assertThat(reference.perTopic("recip_rank")).isNotEmpty();
    assertThat(reference.perTopic("ndcg_cut_10")).isNotEmpty();
  }

  private static void assertOrder(Run theirs, Run ours) {
    for (String topic : theirs.topics()) {
      List<ScoredDocument> expected = theirs.ranking(topic);
      List<ScoredDocument> found = ours.ranking(topic).subList(0, expected.size());
      Map<String, Long> scores = new HashMap<>();
      expected.forEach(hit -> scores.put(hit.docId(), tenThousandths(hit.score())));
      for (int rank = 0; rank < expected.size(); rank++) {
        ScoredDocument hit = expected.get(rank);
        assertThat(found.get(rank).score())
            .as("score at rank %d of topic %s", rank + 1, topic)
            .isCloseTo(hit.score(), within(SCORE));
        if (!found.get(rank).docId().equals(hit.docId())) {
          assertThat(scores.get(found.get(rank).docId()))
              .as("[%s] at rank %d of topic %s", found.get(rank).docId(), rank + 1, topic)
              .isEqualTo(tenThousandths(hit.score()));
        }
      }
    }
  }

  private static long tenThousandths(double score) {
    return Math.round(score * 1e4);
  }

  private static List<String> ids(List<ScoredDocument> ranking) {
    List<String> ids = new ArrayList<>();
    ranking.forEach(hit -> ids.add(hit.docId()));
    return ids;
  }
}
