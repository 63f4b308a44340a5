/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.Preparation.FolderReport;
import org.stillrank.trainer.example.TrainingList;

/**
 * The queries that choose the checkpoint.
 *
 * @param heldOut what training must keep away from
 * @param lists queries with their candidates; those without any are left out
 * @param judgements of every query, where the queries are those of folders
 * @param folders what became of them
 */
record ValidationData(
    HeldOut heldOut,
    List<TrainingList> lists,
    List<Judgements> judgements,
    List<FolderReport> folders) {

  /** A query with its candidates as the student reads them. */
  static TrainingList list(
      String source,
      Topic topic,
      List<ScoredDocument> hits,
      Map<String, Document> documents,
      Map<String, Integer> grades) {
    List<Candidate> candidates =
        hits.stream()
            .map(hit -> Objects.requireNonNull(documents.get(hit.docId()), hit.docId()))
            .map(document -> new Candidate(document.id(), document.passage()))
            .toList();
    return new TrainingList(
        source,
        topic.id(),
        topic.text(),
        candidates,
        candidates.stream().map(each -> grades.getOrDefault(each.documentId(), 0)).toList(),
        null);
  }
}
