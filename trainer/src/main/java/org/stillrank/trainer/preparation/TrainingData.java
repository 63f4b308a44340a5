/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.run.Run;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.config.TrainingConfig;
import org.stillrank.trainer.config.Validation;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.example.Preparation;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.example.TrainingSet;
import org.stillrank.trainer.source.AbstractSentences;
import org.stillrank.trainer.source.JudgedTopics;
import org.stillrank.trainer.source.QuerySource;
import org.stillrank.trainer.source.Titles;
import org.stillrank.trainer.source.TrainingQuery;
import org.stillrank.trainer.teacher.Teacher;

/** Makes the training set that a config describes; the same config and data make the same set. */
public final class TrainingData {
  private final TrainingConfig config;
  private final DataHome home;
  private final Retrievers retrievers;
  private final Teachers teachers;

  private TrainingData(
      TrainingConfig config, DataHome home, Teachers teachers, Retrievers retrievers) {
    this.config = config;
    this.home = home;
    this.teachers = teachers;
    this.retrievers = retrievers;
  }

  /**
   * Prepares {@code folder}, unless it already holds this very set.
   *
   * @param dataHome folder of the collections
   * @param indexHome folder of kept BM25 indexes
   */
  public static TrainingSet prepare(
      TrainingConfig config, Path dataHome, Path indexHome, Path folder, Progress.Display display)
      throws IOException {
    DataHome home = new DataHome(dataHome);
    String fingerprint = PreparationFingerprint.of(config, home);
    if (TrainingSet.isPrepared(folder)) {
      TrainingSet before = TrainingSet.read(folder);
      if (before.preparation().fingerprint().equals(fingerprint)) {
        return before;
      }
    }
    Teachers teachers = Teachers.open(config.teacher(), home, indexHome, config.threads(), display);
    Retrievers retrievers = new Retrievers(home, teachers, indexHome, display);
    TrainingSet set = new TrainingData(config, home, teachers, retrievers).make(fingerprint);
    set.write(folder);
    return set;
  }

  private TrainingSet make(String fingerprint) throws IOException {
    long seed = config.optimisation().seed();
    ProtectedQueries tests = home.protectedQueries(config.neverNear());
    ValidationData validation = validation(tests);
    ListOrder order = new ListOrder(seed);
    List<SourceReport> reports = new ArrayList<>();
    Set<String> teaching = new LinkedHashSet<>();
    for (Source source : config.sources()) {
      Map<String, Document> documents = home.documents(source.collection());
      QuerySource shows = open(source, documents);
      Sifted sifted = Sifted.of(shows.queries(), tests, validation.heldOut());
      sifted.requireSome(source);
      List<TrainingQuery> queries = atMost(source, sifted.kept());
      List<Run> runs = retrievers.runs(source, shows, queries, config.candidates().depth());
      Optional<Teacher> scoring = teachers.of(source);
      scoring.ifPresent(each -> teaching.add(each.description()));
      List<List<TrainingList>> lists =
          new SourceLists(source, shows, documents, config.candidates(), scoring, seed)
              .of(queries, runs);
      List<TrainingList> all = lists.stream().flatMap(List::stream).toList();
      order.add(source, all);
      int without = (int) lists.stream().filter(List::isEmpty).count();
      reports.add(sifted.report(source, queries.size(), without, all.size()));
    }
    return new TrainingSet(
        order.ordered(),
        validation.lists(),
        validation.judgements(),
        new Preparation(
            fingerprint,
            reports,
            String.join("; ", teaching),
            validation.lists().size(),
            validation.folders()));
  }

  private ValidationData validation(ProtectedQueries tests) throws IOException {
    return switch (config.validation()) {
      case Validation.HeldOut heldOut -> {
        Source source = config.sourceOf(heldOut);
        long seed = heldOut.seedOfChoice(config.optimisation().seed());
        yield new HeldOutValidation(heldOut, source, seed, home, retrievers)
            .of(open(source, home.documents(source.collection())), tests);
      }
      case Validation.Folders folders ->
          new FolderValidation(home, retrievers, tests).of(folders.folders());
    };
  }

  private QuerySource open(Source source, Map<String, Document> documents) {
    return switch (source.kind()) {
      case JUDGED ->
          new JudgedTopics(
              home.collection(source.collection()),
              documents,
              Objects.requireNonNull(source.split()));
      case TITLE -> new Titles(documents.values());
      case SENTENCE ->
          new AbstractSentences(
              documents.values(),
              source.seed() == null ? config.optimisation().seed() : source.seed());
    };
  }

  private List<TrainingQuery> atMost(Source source, List<TrainingQuery> queries) {
    Integer most = source.maxQueries();
    if (most == null || queries.size() <= most) {
      return queries;
    }
    List<TrainingQuery> shuffled = new ArrayList<>(queries);
    Collections.shuffle(shuffled, new Random(config.optimisation().seed()));
    return shuffled.subList(0, most);
  }
}
