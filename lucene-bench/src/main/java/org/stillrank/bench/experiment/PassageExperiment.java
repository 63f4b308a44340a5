/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.comparison.ComparisonReport;
import org.stillrank.bench.comparison.EvaluatedSystem;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.CandidateTexts;
import org.stillrank.bench.rerank.Reranking;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.Cancellation;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.Scored;
import org.stillrank.reranker.scoring.ScoringOptions;
import org.stillrank.reranker.scoring.ScoringRequest;
import org.stillrank.reranker.scoring.TokenLimit;

/**
 * What ways of reading long texts cost and are worth: the same model, queries and candidates, all
 * ways in turns for each query, so that their times are of the same machine.
 */
public final class PassageExperiment {
  private final ExperimentSettings settings;
  private final List<Passages> ways;
  private final List<WayFigures> figures;
  private final List<Map<String, float[]>> logits;

  private PassageExperiment(ExperimentSettings settings, List<Passages> ways) {
    this.settings = settings;
    this.ways = ways;
    figures = ways.stream().map(WayFigures::new).toList();
    logits = ways.stream().<Map<String, float[]>>map(way -> new LinkedHashMap<>()).toList();
  }

  /**
   * @param settings of which no models are asked
   * @param ways to read a text, the first one what the others are compared with
   * @param queries which of the split's topics, by their ids
   * @param most of these topics, spread evenly over them
   * @throws org.stillrank.reranker.input.InvalidInputException if the collection, the run or the
   *     model cannot be used, or the model reads no windows of a length
   */
  public static PassageResult run(
      ExperimentSettings settings,
      ModelBundle model,
      List<Passages> ways,
      Predicate<String> queries,
      int most,
      Progress.Display display)
      throws IOException {
    BeirCollection collection = BeirCollection.open(settings.data());
    TopicSample sample =
        TopicSample.of(
            collection.topics(settings.split()), collection.qrels(settings.split()), queries, most);
    Run first = new FirstStage(collection, sample).run(settings, display);
    CandidateTexts texts =
        CandidateTexts.of(first, sample.topics(), settings.depth(), collection, model.separator());
    PassageExperiment experiment = new PassageExperiment(settings, ways);
    try (CrossEncoder encoder = CrossEncoder.open(model, ScoringOptions.defaults());
        Progress progress = display.start("score with " + model.id(), texts.byTopic().size())) {
      int turn = 0;
      for (Map.Entry<Topic, List<String>> each : texts.byTopic().entrySet()) {
        experiment.score(encoder, each.getKey(), each.getValue(), turn++);
        progress.step(1);
      }
    }
    return experiment.result(collection.name(), first, sample);
  }

  private void score(CrossEncoder encoder, Topic topic, List<String> texts, int turn) {
    for (int i = 0; i < ways.size(); i++) {
      // Whoever comes first finds other caches than whoever comes last.
      int way = (i + turn) % ways.size();
      long start = System.nanoTime();
      Scored scored =
          encoder.measured(
              ScoringRequest.of(topic.text(), texts, ways.get(way), TokenLimit.none()),
              Cancellation.NONE);
      figures.get(way).add(System.nanoTime() - start, scored);
      logits.get(way).put(topic.id(), scored.logits());
    }
  }

  private PassageResult result(String collection, Run first, TopicSample sample) {
    List<EvaluatedSystem> systems = new ArrayList<>();
    for (int way = 0; way < ways.size(); way++) {
      String name = PassageOptions.spelled(ways.get(way));
      Run run =
          Reranking.reorder(first, new CandidateScores(logits.get(way)), Blend.MODEL_ALONE, name);
      systems.add(
          new EvaluatedSystem(name, Evaluation.of(settings.measures(), run, sample.qrels())));
    }
    return new PassageResult(
        collection,
        settings.split(),
        ComparisonReport.of(
            systems.getFirst(), systems.subList(1, systems.size()), settings.comparison()),
        figures);
  }
}
