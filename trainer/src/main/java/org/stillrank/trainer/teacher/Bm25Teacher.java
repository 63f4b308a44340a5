/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.bm25.Bm25Index;
import org.stillrank.bench.bm25.Bm25TextScorer;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;

/**
 * The BM25 score of the passage as the student sees it, not of the indexed document: a document
 * shown without its title or a sentence must not score for words that are not there.
 */
public record Bm25Teacher(BeirCollection collection, Path indexHome, Progress.Display display)
    implements Teacher {

  @Override
  public String description() {
    return "bm25";
  }

  @Override
  public List<List<@Nullable Double>> scores(List<TrainingList> lists) throws IOException {
    List<List<@Nullable Double>> scores = new ArrayList<>();
    try (Bm25Index index = Bm25Index.openOrBuild(collection, indexHome, display)) {
      Bm25TextScorer scorer = index.textScorer();
      for (TrainingList list : lists) {
        List<String> passages = list.candidates().stream().map(Candidate::passage).toList();
        scores.add(
            new ArrayList<>(Arrays.stream(scorer.scores(list.query(), passages)).boxed().toList()));
      }
    }
    return scores;
  }
}
