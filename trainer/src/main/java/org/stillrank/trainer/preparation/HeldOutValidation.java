/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.decontamination.ProtectedQueries.Verdict;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.source.QuerySource;
import org.stillrank.trainer.source.TrainingQuery;

/** Holds queries of a judged source back and finds their candidates with BM25. */
record HeldOutValidation(
    Validation.HeldOut config, Source source, long seed, DataHome home, Retrievers retrievers) {

  /** Queries that equal or resemble a test query are not held out; they are left out altogether. */
  ValidationData of(QuerySource judged, ProtectedQueries tests) throws IOException {
    List<TrainingQuery> clean =
        judged.queries().stream()
            .filter(query -> tests.check(query.text()) == Verdict.CLEAN)
            .toList();
    if (clean.size() <= config.queries()) {
      throw new InvalidInputException(
          "[validation.queries] is ["
              + config.queries()
              + "], but ["
              + source.label()
              + "] has only ["
              + clean.size()
              + "] queries; hold out fewer");
    }
    HeldOut heldOut = HeldOut.choose(clean, config.queries(), seed);
    return new ValidationData(heldOut, lists(heldOut.queries()), List.of(), List.of());
  }

  private List<TrainingList> lists(List<TrainingQuery> queries) throws IOException {
    Map<String, Document> documents = home.documents(config.collection());
    List<Topic> topics = Retrievers.topics(queries);
    Run run = retrievers.bm25(config.collection(), topics, config.depth());
    List<TrainingList> lists = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      List<ScoredDocument> hits = run.ranking(topics.get(i).id());
      if (!hits.isEmpty()) {
        lists.add(
            ValidationData.list(
                "validation", topics.get(i), hits, documents, queries.get(i).grades()));
      }
    }
    return lists;
  }
}
