/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.measure.Evaluation;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.qrels.Qrels;
import org.stillrank.bench.run.Run;
import org.stillrank.bench.run.ScoredDocument;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.source.JudgedTopics;
import org.stillrank.trainer.source.TrainingQuery;
import org.stillrank.trainer.teacher.Teacher;

/**
 * How good a config's retrievers and teacher are on the training queries that validation is taken
 * from: what members and weights are chosen by. Test queries, equal ones and near ones play no
 * part.
 *
 * @param measures of each row, in order
 * @param rows each retriever over the whole corpus, then the teacher over the union of their tops
 */
public record TeacherFigures(List<Measure> measures, List<Row> rows) {
  private static final int DEPTH = 100;

  /**
   * @param name a retriever, or the teacher in words
   * @param means one mean over queries for each measure
   */
  public record Row(String name, List<Double> means) {}

  /**
   * @param dataHome folder of the collections
   * @param indexHome folder of kept BM25 indexes
   * @throws InvalidInputException when the config has no teacher or holds out no queries, or its
   *     data is not there
   */
  public static TeacherFigures of(
      TrainingConfig config, Path dataHome, Path indexHome, Progress.Display display)
      throws IOException {
    if (!(config.validation() instanceof Validation.HeldOut heldOut)) {
      throw new InvalidInputException(
          "[validation] names [folders], and teachers are measured on queries held out of a judged"
              + " source; give a config with [validation.collection] and [validation.split]");
    }
    DataHome home = new DataHome(dataHome);
    Source source = config.sourceOf(heldOut);
    Teachers teachers = Teachers.open(config.teacher(), home, indexHome, config.threads(), display);
    Teacher teacher =
        teachers
            .of(source)
            .orElseThrow(
                () -> new InvalidInputException("the config has no [teacher] to measure; add one"));
    Map<String, Document> documents = home.documents(source.collection());
    String split = heldOut.split();
    JudgedTopics shows = new JudgedTopics(home.collection(source.collection()), documents, split);
    ProtectedQueries tests = home.protectedQueries(config.neverNear());
    List<TrainingQuery> queries =
        shows.queries().stream()
            .filter(query -> tests.check(query.text()) == ProtectedQueries.Verdict.CLEAN)
            .toList();
    List<Run> runs =
        new Retrievers(home, teachers, indexHome, display).runs(source, shows, queries, DEPTH);
    List<Measure> measures = Measure.parseList(heldOut.measure() + ",R@" + DEPTH);
    Qrels all = home.collection(source.collection()).qrels(split);
    Qrels qrels =
        Qrels.of(
            queries.stream()
                .collect(Collectors.toMap(TrainingQuery::id, query -> all.grades(query.id()))));
    List<Row> rows = new ArrayList<>();
    for (Run run : runs) {
      rows.add(row(run, measures, qrels));
    }
    rows.add(row(taught(teacher, lists(queries, runs, documents, shows)), measures, qrels));
    return new TeacherFigures(measures, rows);
  }

  private static Row row(Run run, List<Measure> measures, Qrels qrels) {
    Evaluation evaluation = Evaluation.of(measures, run, qrels);
    return new Row(run.tag(), measures.stream().map(evaluation::mean).toList());
  }

  private static List<TrainingList> lists(
      List<TrainingQuery> queries,
      List<Run> runs,
      Map<String, Document> documents,
      JudgedTopics shows) {
    List<TrainingList> lists = new ArrayList<>();
    for (TrainingQuery query : queries) {
      Set<String> ids = new LinkedHashSet<>();
      runs.forEach(run -> run.ranking(query.id()).forEach(hit -> ids.add(hit.docId())));
      List<Candidate> candidates = new ArrayList<>();
      for (String id : ids) {
        Document document = documents.get(id);
        if (document != null && !shows.shown(document).isBlank()) {
          candidates.add(new Candidate(id, shows.shown(document)));
        }
      }
      if (!candidates.isEmpty()) {
        List<Integer> grades = Collections.nCopies(candidates.size(), 0);
        lists.add(new TrainingList("teacher", query.id(), query.text(), candidates, grades, null));
      }
    }
    return lists;
  }

  private static Run taught(Teacher teacher, List<TrainingList> lists) throws IOException {
    List<List<@Nullable Double>> scores = teacher.scores(lists);
    LinkedHashMap<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
    for (int i = 0; i < lists.size(); i++) {
      List<ScoredDocument> ranking = new ArrayList<>();
      for (int j = 0; j < scores.get(i).size(); j++) {
        Double score = scores.get(i).get(j);
        if (score != null) {
          ranking.add(new ScoredDocument(lists.get(i).candidates().get(j).documentId(), score));
        }
      }
      ranking.sort(Comparator.comparingDouble(ScoredDocument::score).reversed());
      rankings.put(lists.get(i).topicId(), ranking);
    }
    return new Run(teacher.description(), rankings);
  }
}
