/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.collection.Topic;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Validation.Folder;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.decontamination.ProtectedQueries.Verdict;
import org.stillrank.trainer.example.Judgements;
import org.stillrank.trainer.example.Preparation.FolderReport;
import org.stillrank.trainer.example.TrainingList;

/** Gathers the queries of validation folders with their candidates, folder by folder. */
final class FolderValidation {
  /** Of the draw of queries; not the training's, so that trainings of several seeds compare. */
  private static final long SEED = 1;

  private final DataHome home;
  private final Retrievers retrievers;
  private final ProtectedQueries tests;
  private final List<String> texts = new ArrayList<>();
  private final List<TrainingList> lists = new ArrayList<>();
  private final List<Judgements> judgements = new ArrayList<>();
  private final List<FolderReport> reports = new ArrayList<>();

  FolderValidation(DataHome home, Retrievers retrievers, ProtectedQueries tests) {
    this.home = home;
    this.retrievers = retrievers;
    this.tests = tests;
  }

  /** Queries that equal or resemble a test query are left out, so that no test chooses. */
  ValidationData of(List<Folder> folders) throws IOException {
    for (Folder folder : folders) {
      add(folder);
    }
    HeldOut heldOut = new HeldOut(List.of(), ProtectedQueries.of(texts));
    return new ValidationData(heldOut, lists, judgements, reports);
  }

  private void add(Folder folder) throws IOException {
    BeirCollection collection = home.collection(folder.collection());
    List<Topic> all = collection.topics(folder.split());
    List<Topic> clean =
        all.stream().filter(each -> tests.check(each.text()) == Verdict.CLEAN).toList();
    if (clean.isEmpty()) {
      throw new InvalidInputException(
          "[validation.folders]: every query of ["
              + folder.label()
              + "] equals or resembles one of [never_near]; validate on other queries");
    }
    List<Topic> used = drawn(clean, folder);
    Run run = new FolderCandidates(home, retrievers).of(folder, used);
    Qrels qrels = collection.qrels(folder.split());
    Map<String, Document> documents = collection.documents(named(used, run, qrels));
    int before = lists.size();
    for (Topic topic : used) {
      texts.add(topic.text());
      Map<String, Integer> grades = qrels.grades(topic.id());
      judgements.add(new Judgements(folder.label(), topic.id(), grades));
      List<ScoredDocument> hits = run.ranking(topic.id());
      if (!hits.isEmpty()) {
        lists.add(ValidationData.list(folder.label(), topic, hits, documents, grades));
      }
    }
    int found = lists.size() - before;
    reports.add(
        new FolderReport(
            folder.label(),
            all.size(),
            all.size() - clean.size(),
            used.size(),
            used.size() - found));
  }

  private static List<Topic> drawn(List<Topic> topics, Folder folder) {
    Integer most = folder.queries();
    if (most == null || topics.size() <= most) {
      return topics;
    }
    List<Topic> shuffled = new ArrayList<>(topics);
    Collections.shuffle(shuffled, new Random(SEED));
    Set<Topic> chosen = Set.copyOf(shuffled.subList(0, most));
    return topics.stream().filter(chosen::contains).toList();
  }

  /** Relevant documents are asked for too: a corpus that lacks them is not that of the qrels. */
  private static Set<String> named(List<Topic> topics, Run run, Qrels qrels) {
    Set<String> ids = new HashSet<>();
    for (Topic topic : topics) {
      run.ranking(topic.id()).forEach(hit -> ids.add(hit.docId()));
      qrels
          .grades(topic.id())
          .forEach((id, grade) -> {
            if (grade > 0) {
              ids.add(id);
            }
          });
    }
    return ids;
  }
}
