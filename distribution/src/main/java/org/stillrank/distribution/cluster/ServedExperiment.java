/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.experiment.BenchExperiment;
import org.stillrank.bench.experiment.CandidateScorer;
import org.stillrank.bench.experiment.ExperimentResult;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.Passages;

/**
 * A bench run whose models score in a server.
 *
 * @param result as a bench run here would have it
 * @param bm25 what the server's own BM25 finds
 * @param note how that differs from the bench's
 */
public record ServedExperiment(ExperimentResult result, Run bm25, String note) {

  /**
   * Indexes the collection in one shard, runs, and removes the index again.
   *
   * @param models as they are on this machine
   * @param passages which parts of the texts they score
   * @param settings of the run with given scorers
   */
  public static ServedExperiment run(
      ClusterClient cluster,
      List<ModelBundle> models,
      Passages passages,
      Function<List<CandidateScorer>, ExperimentSettings> settings)
      throws IOException {
    Progress.Display display = Progress.onStandardError();
    ExperimentSettings plain = settings.apply(List.of());
    BeirCollection collection = BeirCollection.open(plain.data());
    String name = SearchIndex.nameFor("stillrank-bench", collection);
    for (ModelBundle model : models) {
      ServedModel.requireSame(cluster, model);
    }
    try (SearchIndex index =
        SearchIndex.create(cluster, name, 1, collection.documents(), display)) {
      List<CandidateScorer> scorers = new ArrayList<>();
      for (ModelBundle model : models) {
        scorers.add(new ServedModel(cluster, model, index, ServedWay.CLAUSE, passages));
      }
      ExperimentResult result = BenchExperiment.run(settings.apply(scorers), display);
      ServedBm25 bm25 =
          ServedBm25.of(index, collection.topics(plain.split()), plain.hits(), display);
      String note =
          bm25.comparedWith(
              result.runs().getFirst(),
              plain.measures().getFirst(),
              collection.qrels(plain.split()));
      return new ServedExperiment(result, bm25.run(), note);
    }
  }
}
