/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.Reranking;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.input.InvalidInputException;

/** Retrieves, reranks with each model, measures, and tests every system against the first stage. */
public final class BenchExperiment {
  private final ExperimentSettings settings;
  private final Progress.Display display;
  private final BeirCollection collection;

  private BenchExperiment(ExperimentSettings settings, Progress.Display display) {
    this.settings = settings;
    this.display = display;
    this.collection = BeirCollection.open(settings.data());
  }

  /**
   * @throws InvalidInputException if something of the collection, the run or a model cannot be used
   */
  public static ExperimentResult run(ExperimentSettings settings, Progress.Display display)
      throws IOException {
    return new BenchExperiment(settings, display).run();
  }

  private ExperimentResult run() throws IOException {
    Qrels qrels = collection.qrels(settings.split());
    TopicSample all = new TopicSample(collection.topics(settings.split()), qrels);
    List<Run> runs = new ArrayList<>();
    Run first = new FirstStage(collection, all).run(settings, display);
    requireUsableNames(first);
    runs.add(first);
    for (CandidateScorer model : settings.models()) {
      runs.addAll(reranked(first, all.topics(), model));
    }
    return ExperimentResult.of(
        collection.name(),
        settings.split(),
        runs,
        qrels,
        settings.measures(),
        settings.comparison());
  }

  private List<Run> reranked(Run first, List<Topic> topics, CandidateScorer model)
      throws IOException {
    CandidateScores scores = model.score(first, topics, settings.depth(), collection, display);
    List<Run> runs = new ArrayList<>();
    runs.add(Reranking.reorder(first, scores, Blend.MODEL_ALONE, model.name()));
    for (Blend blend : settings.blends()) {
      runs.add(Reranking.reorder(first, scores, blend, blend.named(model.name(), first.tag())));
    }
    return runs;
  }

  /** Told before the models have worked for minutes. */
  private void requireUsableNames(Run first) {
    List<String> names = new ArrayList<>();
    names.add(first.tag());
    settings.models().forEach(model -> names.add(model.name()));
    Set<String> files = new HashSet<>();
    for (String name : names) {
      if (name.chars().anyMatch(Character::isWhitespace)) {
        throw new InvalidInputException(
            "the system [" + name + "] has a space in its name, which run files split: rename it");
      }
      if (!files.add(ExperimentFiles.fileName(name))) {
        throw new InvalidInputException(
            "two systems are called [" + name + "]; give models and runs different names");
      }
    }
  }
}
