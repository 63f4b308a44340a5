/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

class RerankingTest {
  private static final List<Topic> TOPICS = List.of(new Topic("1", "q one"), new Topic("2", "q"));

  @TempDir Path folder;
  private BeirCollection collection;

  @BeforeEach
  void fourDocuments() throws IOException {
    SmallCollection small = SmallCollection.in(folder);
    small.document("a", "A", "alpha").document("b", "", "beta");
    small.document("c", "C", "").document("d", "", "");
    collection = small.open();
  }

  @Test
  void whatLiesBelowTheDepthFollowsInFirstStageOrder() throws IOException {
    PairScorer beta = (query, passages) -> scores(passages, "beta", 3f, -2f);
    Run run = rerank(run("a", "b", "d", "c"), beta, 2);
    assertThat(ids(run)).containsExactly("b", "a", "d", "c");
    assertThat(run.ranking("1"))
        .extracting(ScoredDocument::score)
        .isSortedAccordingTo(descending());
    assertThat(run.ranking("1").subList(0, 2))
        .containsExactly(new ScoredDocument("b", 3), new ScoredDocument("a", -2));
  }

  @Test
  void equalScoresKeepTheFirstStageOrderAndAreTakenApart() throws IOException {
    Run run = rerank(run("d", "a", "c", "b"), (query, passages) -> new float[passages.size()], 4);
    assertThat(ids(run)).containsExactly("d", "a", "c", "b");
    assertThat(run.ranking("1"))
        .extracting(ScoredDocument::score)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(descending());
  }

  @Test
  void aPassageIsTitleAndTextWhicheverThereAre() throws IOException {
    List<String> asked = new ArrayList<>();
    PairScorer recorder =
        (query, passages) -> {
          asked.add(query);
          asked.addAll(passages);
          return new float[passages.size()];
        };
    Run run = rerank(run("a", "b", "c", "d"), recorder, 100);
    assertThat(asked).containsExactly("q one", "A alpha", "beta", "C", "");
    assertThat(run.tag()).isEqualTo("model");
    assertThat(run.topics()).containsExactly("1", "2");
    assertThat(run.ranking("2")).isEmpty();
  }

  @Test
  void aBlendMixesScoresScaledForEachTopic() {
    Run first = run("a", "b", "c"); // 10, 9, 8
    CandidateScores scores = new CandidateScores(Map.of("1", new float[] {-4, 4, 0}));
    Run mixed = Reranking.reorder(first, scores, new Interpolation(0.25), "mixed");
    // model scaled: 0, 1, .5; first stage scaled: 1, .5, 0
    assertThat(mixed.ranking("1"))
        .containsExactly(
            new ScoredDocument("a", 0.75),
            new ScoredDocument("b", 0.625),
            new ScoredDocument("c", 0.125));
    assertThat(ids(Reranking.reorder(first, scores, new Interpolation(0), "x")))
        .containsExactly("a", "b", "c");
    assertThat(ids(Reranking.reorder(first, scores, Blend.MODEL_ALONE, "x")))
        .containsExactly("b", "c", "a");
  }

  @Test
  void aBlendOfEqualScoresIsDecidedByTheOther() {
    CandidateScores same = new CandidateScores(Map.of("1", new float[] {7, 7}));
    Run mixed = Reranking.reorder(run("a", "b"), same, new Interpolation(0.5), "x");
    assertThat(mixed.ranking("1").getFirst().score()).isCloseTo(0.5, within(1e-9));
    assertThat(ids(mixed)).containsExactly("a", "b");
  }

  @Test
  void aTotalAddsTheFirstStageToTheScoreOfAClause() {
    Run first = run("a", "b", "c"); // 10, 9, 8
    CandidateScores scores = new CandidateScores(Map.of("1", new float[] {-4, 0, 0.5f}));
    Run total =
        Reranking.reorder(first, scores, new ClauseTotal(ClauseTotal.Mode.TOTAL, 0.25), "total");
    assertThat(ids(total)).containsExactly("c", "b", "a");
    assertThat(total.ranking("1"))
        .extracting(ScoredDocument::score)
        .satisfiesExactly(
            c -> assertThat(c).isCloseTo(1.5 + 2, within(1e-6)),
            b -> assertThat(b).isCloseTo(1 + 2.25, within(1e-6)),
            a -> assertThat(a).isCloseTo(Math.exp(-4) + 2.5, within(1e-6)));
    Run logits =
        Reranking.reorder(
            first, scores, new ClauseTotal(ClauseTotal.Mode.LOGIT_TOTAL, 3), "logits");
    assertThat(logits.ranking("1"))
        .containsExactly(
            new ScoredDocument("b", 27),
            new ScoredDocument("a", 26),
            new ScoredDocument("c", 24.5));
    for (double weight : new double[] {-0.1, 1e60, Double.NaN}) {
      assertThatThrownBy(() -> new ClauseTotal(ClauseTotal.Mode.TOTAL, weight))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("--query-weight [" + weight + "]: give 0 or more");
    }
  }

  @Test
  void refusesAWeightThatIsNone() {
    for (double weight : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Interpolation(weight))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("the weight [" + weight + "] of the model is not between 0 and 1");
    }
  }

  @Test
  void refusesHitsThatTheCollectionHasNot() {
    assertThatThrownBy(() -> rerank(run("a", "stranger"), (q, p) -> new float[p.size()], 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the document [stranger] is not in [");
  }

  private Run rerank(Run first, PairScorer scorer, int depth) throws IOException {
    Progress progress = Progress.silent().start("rerank", 0);
    CandidateTexts texts = CandidateTexts.of(first, TOPICS, depth, collection, " ");
    CandidateScores scores = CandidateScores.of(texts, scorer, progress);
    return Reranking.reorder(first, scores, Blend.MODEL_ALONE, "model");
  }

  private static float[] scores(List<String> passages, String best, float high, float low) {
    float[] scores = new float[passages.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = passages.get(i).equals(best) ? high : low;
    }
    return scores;
  }

  private static Run run(String... documents) {
    List<ScoredDocument> hits = new ArrayList<>();
    for (String each : documents) {
      hits.add(new ScoredDocument(each, 10 - hits.size()));
    }
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put("1", hits);
    return new Run("first", rankings);
  }

  private static List<String> ids(Run run) {
    return run.ranking("1").stream().map(ScoredDocument::docId).toList();
  }

  private static java.util.Comparator<Double> descending() {
    return java.util.Comparator.reverseOrder();
  }
}
