/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.Arrays;
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
import org.stillrank.bench.rerank.ClauseTotal;
import org.stillrank.bench.rerank.Interpolation;
import org.stillrank.bench.rerank.Reranking;
import org.stillrank.bench.run.Run;

/**
 * What a model and the first stage are worth together at many weights. It is meant for
 * training-side queries: a weight chosen on test queries says nothing about others.
 */
public final class WeightSearch {
  private static final int STEPS = 20;

  /** BM25's best hits score 5 to 30, and logits differ by up to about 10. */
  private static final double[] QUERY_WEIGHTS = {
    2, 1.5, 1, 0.7, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0
  };

  private final Run first;
  private final CandidateScores scores;
  private final TopicSample sample;
  private final Measure measure;

  WeightSearch(Run first, CandidateScores scores, TopicSample sample, Measure measure) {
    this.first = first;
    this.scores = scores;
    this.sample = sample;
    this.measure = measure;
  }

  /** The mean of a measure over the queries at one weight. */
  public record Point<B extends Blend>(B blend, double mean) {}

  /**
   * Searches and scores.
   *
   * @param settings of which the first model and the first measure count
   * @param queries which queries of the split to use, by their ids
   */
  public static WeightSearch over(
      ExperimentSettings settings, Predicate<String> queries, Progress.Display display)
      throws IOException {
    CandidateScorer model = settings.models().getFirst();
    BeirCollection collection = BeirCollection.open(settings.data());
    TopicSample sample =
        TopicSample.of(
            collection.topics(settings.split()), collection.qrels(settings.split()), queries);
    Run first = new FirstStage(collection, sample).run(settings, display);
    CandidateScores scores =
        model.score(first, sample.topics(), settings.depth(), collection, display);
    return new WeightSearch(first, scores, sample, settings.measures().getFirst());
  }

  /** From the first stage alone to the model alone in steps of .05. */
  public List<Point<Interpolation>> interpolations() {
    return IntStream.rangeClosed(0, STEPS)
        .mapToObj(step -> point(new Interpolation((double) step / STEPS)))
        .toList();
  }

  /** From much weight on the first stage to the model alone. */
  public List<Point<ClauseTotal>> totals(ClauseTotal.Mode mode) {
    return Arrays.stream(QUERY_WEIGHTS)
        .mapToObj(weight -> point(new ClauseTotal(mode, weight)))
        .toList();
  }

  private <B extends Blend> Point<B> point(B blend) {
    Run run = Reranking.reorder(first, scores, blend, "blend");
    return new Point<>(blend, Evaluation.of(List.of(measure), run, sample.qrels()).mean(measure));
  }

  /** The best point; of equal ones the last, which has the most weight on the model. */
  public static <B extends Blend> Point<B> best(List<Point<B>> points) {
    return points.reversed().stream().max(Comparator.comparingDouble(Point::mean)).orElseThrow();
  }
}
