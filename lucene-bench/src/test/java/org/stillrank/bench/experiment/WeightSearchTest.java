/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.bench.rerank.Interpolation;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;

class WeightSearchTest {
  private static final List<Topic> TOPICS = List.of(new Topic("1", "one"), new Topic("2", "two"));
  private static final Qrels QRELS = Qrels.of(Map.of("1", Map.of("c", 1), "2", Map.of("a", 1)));

  /** The model alone is right on topic 1, the first stage alone on topic 2, both in between. */
  @Test
  void findsTheWeightsAtWhichBothTopicsAreRight() {
    List<WeightSearch.Point<Interpolation>> points =
        search(new float[] {0, 10, 0}, new float[] {6, 10, 0}) // c; a .6, b 1
            .interpolations();
    assertThat(points).hasSize(21);
    assertThat(points.getFirst().mean()).isEqualTo(0.75);
    assertThat(points.getLast().mean()).isEqualTo(0.75);
    // topic 1: c is first where w + .6(1-w) > 1-w, w > .2857; topic 2: a where .6w + 1-w > w +
    // .2(1-w)
    for (WeightSearch.Point<Interpolation> point : points) {
      double weight = point.blend().modelWeight();
      boolean bothRight = weight > 2 / 7.0 && weight < 2 / 3.0;
      assertThat(point.mean()).as("weight %s", weight).isEqualTo(bothRight ? 1 : 0.75);
    }
    assertThat(WeightSearch.best(points).blend().modelWeight()).isCloseTo(0.65, within(1e-12));
  }

  /** As before; a clause's score is s + 1 above 0 and e^s below. */
  @Test
  void findsTheWeightsOfTheFirstStageAtWhichBothTopicsAreRight() {
    List<WeightSearch.Point<ClauseTotal>> points =
        search(
                new float[] {0, 1, -9}, // c where 2 + 6q > 1 + 10q, q < .25
                new float[] {-2, 0, -9}) // a where e^-2 + 10q > 1 + 2q, q > .1081
            .totals(ClauseTotal.Mode.TOTAL);
    for (WeightSearch.Point<ClauseTotal> point : points) {
      double weight = point.blend().queryWeight();
      boolean bothRight = weight > (1 - Math.exp(-2)) / 8 && weight < 0.25;
      assertThat(point.mean()).as("weight %s", weight).isEqualTo(bothRight ? 1 : 0.75);
    }
    assertThat(points.getLast().blend().queryWeight()).isZero();
    assertThat(WeightSearch.best(points).blend().queryWeight()).isEqualTo(0.15);
  }

  @Test
  void aSampleKeepsTheOrderAndTheJudgementsOfItsTopics() {
    List<Topic> topics =
        IntStream.range(0, 50).mapToObj(i -> new Topic("" + i, "text " + i)).toList();
    LinkedHashMap<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    topics.forEach(topic -> grades.put(topic.id(), Map.of("d" + topic.id(), 1)));
    TopicSample sample =
        TopicSample.of(topics, Qrels.of(grades), Set.of("41", "7", "unknown")::contains);
    assertThat(sample.topics()).extracting(Topic::id).containsExactly("7", "41");
    assertThat(sample.qrels().topics()).containsExactly("7", "41");
    assertThat(sample.qrels().grades("41")).isEqualTo(Map.of("d41", 1));
  }

  /**
   * Of logits beside a first stage.
   *
   * @param one of topic 1's hits a, c and b
   * @param two of topic 2's hits a, b and c
   */
  private static WeightSearch search(float[] one, float[] two) {
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    rankings.put("1", hits("a", 10, "c", 6, "b", 0)); // scaled: a 1, c .6, b 0
    rankings.put("2", hits("a", 10, "b", 2, "c", 0)); // scaled: a 1, b .2, c 0
    return new WeightSearch(
        new Run("first", rankings),
        new CandidateScores(Map.of("1", one, "2", two)),
        new TopicSample(TOPICS, QRELS),
        Measure.parse("RR"));
  }

  private static List<ScoredDocument> hits(
      String one, double first, String two, double second, String three, double third) {
    return List.of(
        new ScoredDocument(one, first),
        new ScoredDocument(two, second),
        new ScoredDocument(three, third));
  }
}
