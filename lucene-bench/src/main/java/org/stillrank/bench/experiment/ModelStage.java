/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.PairScorer;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

/** Lets a model score the best hits of a first stage. */
final class ModelStage {
  private ModelStage() {}

  static CandidateScores scores(
      ModelBundle model,
      Run first,
      List<Topic> topics,
      int depth,
      BeirCollection collection,
      Progress.Display display)
      throws IOException {
    long pairs = CandidateScores.count(first, topics, depth);
    try (CrossEncoder encoder = CrossEncoder.open(model, ScoringOptions.defaults());
        Progress progress = display.start("rerank with " + model.id(), pairs)) {
      return CandidateScores.of(first, topics, depth, collection, PairScorer.of(encoder), progress);
    }
  }
}
