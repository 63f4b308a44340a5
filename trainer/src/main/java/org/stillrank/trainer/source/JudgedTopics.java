/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.example.Candidate;

/** The topics of a split with their judged documents, shown with title and text. */
public record JudgedTopics(BeirCollection collection, Map<String, Document> documents, String split)
    implements QuerySource {

  /** Topics without a relevant document that has any text are left out. */
  @Override
  public List<TrainingQuery> queries() throws IOException {
    Qrels qrels = collection.qrels(split);
    List<TrainingQuery> queries = new ArrayList<>();
    for (Topic topic : collection.topics(split)) {
      Map<String, Integer> grades = qrels.grades(topic.id());
      List<Candidate> relevant = new ArrayList<>();
      grades.forEach((id, grade) -> {
        if (grade > 0) {
          relevant.add(new Candidate(id, shown(judged(topic, id))));
        }
      });
      relevant.removeIf(each -> each.passage().isBlank());
      if (!relevant.isEmpty()) {
        queries.add(new TrainingQuery(topic.id(), topic.text(), relevant, grades));
      }
    }
    return queries;
  }

  private Document judged(Topic topic, String id) {
    Document document = documents.get(id);
    if (document == null) {
      throw new InvalidInputException(
          "the qrels ["
              + split
              + "] of ["
              + collection.name()
              + "] call the document ["
              + id
              + "] relevant for the topic ["
              + topic.id()
              + "], but the corpus lacks it; remove the line or add the document");
    }
    return document;
  }

  @Override
  public String shown(Document document) {
    return document.passage();
  }
}
