/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.io.IOException;
import java.util.List;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.rerank.CandidateScores;
import org.stillrank.bench.run.Run;

/** What scores the candidates of a first stage, here or elsewhere. */
public interface CandidateScorer {
  /** The name of its system in tables and run files. */
  String name();

  /**
   * Logits of the first {@code depth} hits of every topic.
   *
   * @param collection where their texts are
   */
  CandidateScores score(
      Run first, List<Topic> topics, int depth, BeirCollection collection, Progress.Display display)
      throws IOException;
}
