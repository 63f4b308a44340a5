/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.rerank.CandidateTexts;
import org.stillrank.bench.rerank.PairScorer;
import org.stillrank.bench.run.Run;
import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.PassageOptions;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.scoring.CrossEncoder;
import org.stillrank.reranker.scoring.ScoringOptions;

/**
 * A model that scores in this process; in memory only while it does.
 *
 * @param passages which parts of a text it scores
 */
public record LocalModel(ModelBundle bundle, Passages passages) implements CandidateScorer {
  /**
   * @throws org.stillrank.reranker.input.InvalidInputException if the folder holds no model
   */
  public static LocalModel in(Path folder, Passages passages) throws IOException {
    return new LocalModel(ModelBundle.open(folder), passages);
  }

  @Override
  public String name() {
    return PassageOptions.named(bundle.id(), passages);
  }

  @Override
  public CandidateScores score(
      Run first, List<Topic> topics, int depth, BeirCollection collection, Progress.Display display)
      throws IOException {
    long pairs = CandidateScores.count(first, topics, depth);
    try (CrossEncoder encoder = CrossEncoder.open(bundle, ScoringOptions.defaults());
        Progress progress = display.start("rerank with " + name(), pairs)) {
      return CandidateScores.of(
          CandidateTexts.of(first, topics, depth, collection, bundle.separator()),
          PairScorer.of(encoder, passages),
          progress);
    }
  }
}
