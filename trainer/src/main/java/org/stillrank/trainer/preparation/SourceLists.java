/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.collection.Document;
import org.stillrank.bench.run.Run;
import org.stillrank.trainer.config.Candidates;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.negatives.CandidatePool;
import org.stillrank.trainer.source.QuerySource;
import org.stillrank.trainer.source.TrainingQuery;
import org.stillrank.trainer.teacher.Teacher;

/**
 * Makes the lists of one source: draws candidates from the pools, has the teacher score them, drops
 * probable false negatives, and deals the rest out.
 */
record SourceLists(
    Source source,
    QuerySource shows,
    Map<String, Document> documents,
    Candidates candidates,
    Optional<Teacher> teacher,
    long seed) {
  // The guard and run files take some of what was drawn.
  private static final double SPARE = 1.5;

  /** Several lists for each query; a query with too few negatives gets fewer or none. */
  List<List<TrainingList>> of(List<TrainingQuery> queries, List<Run> runs) throws IOException {
    List<TrainingList> drawn = new ArrayList<>();
    for (TrainingQuery query : queries) {
      drawn.add(drawn(query, runs));
    }
    List<List<@Nullable Double>> scores =
        teacher.isPresent() ? teacher.get().scores(drawn) : List.of();
    List<List<TrainingList>> lists = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      List<@Nullable Double> row = scores.isEmpty() ? null : scores.get(i);
      lists.add(dealt(queries.get(i), drawn.get(i), row));
    }
    return lists;
  }

  /** All relevant passages first, then drawn ones. */
  private TrainingList drawn(TrainingQuery query, List<Run> runs) {
    CandidatePool pool =
        CandidatePool.of(query.id(), runs, candidates.depth(), query.grades().keySet());
    int count = (int) Math.ceil(source.listsPerQuery() * candidates.negatives() * SPARE);
    List<Candidate> all = new ArrayList<>();
    for (Candidate relevant : query.relevant()) {
      all.add(part(query, relevant));
    }
    for (String id : pool.draw(count, candidates.hardest(), random(query))) {
      String passage = shows.shown(document(id));
      if (!passage.isBlank()) {
        all.add(part(query, new Candidate(id, passage)));
      }
    }
    List<Integer> grades =
        all.stream().map(each -> query.grades().getOrDefault(each.documentId(), 0)).toList();
    return new TrainingList(source.label(), query.id(), query.text(), all, grades, null);
  }

  private Candidate part(TrainingQuery query, Candidate whole) {
    return source.excerpts() == null
        ? whole
        : new ShownParts(source.excerpts(), seed)
            .of(query.text(), document(whole.documentId()), whole);
  }

  private Document document(String id) {
    return Objects.requireNonNull(documents.get(id), id);
  }

  private List<TrainingList> dealt(
      TrainingQuery query, TrainingList drawn, @Nullable List<@Nullable Double> scores) {
    int relevant = query.relevant().size();
    List<TrainingList> lists = new ArrayList<>();
    int taken = 0;
    for (int number = 0; number < source.listsPerQuery(); number++) {
      int positive = number % relevant;
      if (scores != null && scores.get(positive) == null) {
        continue;
      }
      List<Integer> usable = usable(drawn, relevant, positive, scores);
      // Where the guard left too few for all lists, the later ones begin again at the first.
      if (usable.size() < candidates.negatives()) {
        continue;
      }
      List<Integer> columns = new ArrayList<>(List.of(positive));
      for (int i = 0; i < candidates.negatives(); i++) {
        columns.add(usable.get(taken++ % usable.size()));
      }
      lists.add(columns(drawn, columns, scores));
    }
    return lists;
  }

  private List<Integer> usable(
      TrainingList drawn, int relevant, int positive, @Nullable List<@Nullable Double> scores) {
    List<Integer> usable = new ArrayList<>();
    for (int i = relevant; i < drawn.candidates().size(); i++) {
      if (scores == null || isNegative(scores.get(positive), scores.get(i))) {
        usable.add(i);
      }
    }
    return usable;
  }

  private boolean isNegative(@Nullable Double positive, @Nullable Double other) {
    return positive != null
        && other != null
        && other <= positive + candidates.falseNegativeMargin();
  }

  private static TrainingList columns(
      TrainingList drawn, List<Integer> columns, @Nullable List<@Nullable Double> scores) {
    return new TrainingList(
        drawn.source(),
        drawn.topicId(),
        drawn.query(),
        columns.stream().map(drawn.candidates()::get).toList(),
        columns.stream().map(drawn.grades()::get).toList(),
        scores == null
            ? null
            : columns.stream().map(column -> Objects.requireNonNull(scores.get(column))).toList());
  }

  private SplittableRandom random(TrainingQuery query) {
    return new SplittableRandom(seed ^ (31L * source.label().hashCode() + query.id().hashCode()));
  }
}
