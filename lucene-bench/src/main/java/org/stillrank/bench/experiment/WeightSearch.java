/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.Reranking;
import org.stillrank.bench.run.Run;

/**
 * What a model and the first stage are worth together at weights from 0 to 1 in steps of .05. It is
 * meant for training-side queries: a weight chosen on test queries says nothing about others.
 */
public final class WeightSearch {
  private static final int STEPS = 20;

  /** The mean of a measure over the queries at one weight of the model. */
  public record Point(Blend blend, double mean) {}

  private WeightSearch() {}

  /**
   * @param settings of which the first model and the first measure count
   * @param queries which queries of the split to use, by their ids
   * @return in order of the weight
   */
  public static List<Point> run(
      ExperimentSettings settings, Predicate<String> queries, Progress.Display display)
      throws IOException {
    CandidateScorer model = settings.models().getFirst();
    Measure measure = settings.measures().getFirst();
    BeirCollection collection = BeirCollection.open(settings.data());
    TopicSample sample =
        TopicSample.of(
            collection.topics(settings.split()), collection.qrels(settings.split()), queries);
    Run first = new FirstStage(collection, sample).run(settings, display);
    CandidateScores scores =
        model.score(first, sample.topics(), settings.depth(), collection, display);
    return points(first, scores, sample, measure);
  }

  static List<Point> points(
      Run first, CandidateScores scores, TopicSample sample, Measure measure) {
    List<Point> points = new ArrayList<>();
    for (Blend blend :
        IntStream.rangeClosed(0, STEPS)
            .mapToObj(step -> new Blend((double) step / STEPS))
            .toList()) {
      Run run = Reranking.reorder(first, scores, blend, "blend");
      points.add(
          new Point(blend, Evaluation.of(List.of(measure), run, sample.qrels()).mean(measure)));
    }
    return points;
  }

  /** The best point; of equal ones the one with the most weight on the model. */
  public static Point best(List<Point> points) {
    return points.stream()
        .max(
            Comparator.comparingDouble(Point::mean)
                .thenComparingDouble(point -> point.blend().modelWeight()))
        .orElseThrow();
  }
}
