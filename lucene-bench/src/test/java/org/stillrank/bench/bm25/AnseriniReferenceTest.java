/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.bm25;

import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

/** Every collection at hand, against Anserini 0.13.3 measured by trec_eval. */
class AnseriniReferenceTest {
  private static final int HITS = 1000;
  private static final int DEPTH = 100;

  /** Half of the last printed digit. */
  private static final double FOUR_DECIMALS = 0.5e-4 + 1e-12;

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
  void equalsAnserini(String name, @TempDir Path home) throws IOException {
    AnseriniReference reference = AnseriniReference.of(name);
    BeirCollection collection = reference.collection();
    try (Bm25Index index = Bm25Index.openOrBuild(collection, home, Progress.silent())) {
      Run run = index.search(collection.topics("test"), HITS);
      SoftAssertions.assertSoftly(softly -> {
        measuresEqual(softly, collection, run, reference);
        ordersEqual(softly, run, reference);
      });
    }
  }

  private static void measuresEqual(
      SoftAssertions softly, BeirCollection collection, Run run, AnseriniReference reference) {
    try {
      Evaluation ours =
          Evaluation.of(
              Measure.parseList("nDCG@10,AP,RR,R@100,R@1000"), run, collection.qrels("test"));
      Map<String, String> trecEval =
          Map.of(
              "nDCG@10", "ndcg_cut_10",
              "AP", "map",
              "RR", "recip_rank",
              "R@100", "recall_100",
              "R@1000", "recall_1000");
      for (Measure measure : ours.measures()) {
        String theirs = trecEval.get(measure.name());
        softly
            .assertThat(ours.mean(measure))
            .as(theirs)
            .isCloseTo(reference.means().get(theirs), within(FOUR_DECIMALS));
        Map<String, Double> perTopic = reference.perTopic(theirs);
        perTopic.forEach((topic, value) ->
            softly
                .assertThat(ours.perTopic(measure).get(topic))
                .as("%s of topic %s", theirs, topic)
                .isCloseTo(value, within(1e-4)));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void ordersEqual(SoftAssertions softly, Run run, AnseriniReference reference) {
    try {
      Run theirs = reference.top100();
      int off = 0;
      double worst = 0;
      for (String topic : theirs.topics()) {
        List<ScoredDocument> expected = theirs.ranking(topic);
        List<ScoredDocument> found = run.ranking(topic);
        for (int i = 0; i < Math.min(DEPTH, expected.size()); i++) {
          worst = Math.max(worst, Math.abs(expected.get(i).score() - found.get(i).score()));
          if (!found.get(i).docId().equals(expected.get(i).docId())) {
            off++;
            System.out.println(
                reference.folder().getFileName()
                    + " "
                    + topic
                    + " "
                    + i
                    + " "
                    + expected.get(i)
                    + " "
                    + found.get(i));
          }
        }
      }
      System.out.println(
          reference.folder().getFileName() + " off " + off + " worst score " + worst);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
