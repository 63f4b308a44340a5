/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.trainer.example.Candidate;
import org.stillrank.trainer.example.TrainingList;
import org.stillrank.trainer.objective.ListTargets;

/**
 * The examples of each step. Of a list with more documents than asked for, the first one stays,
 * which is relevant, and the others are drawn anew in every pass, so that a list with a document
 * that is not relevant keeps one. Tokenises as it goes, which costs a hundredth of a step and keeps
 * memory flat.
 */
final class Examples {
  private final List<TrainingList> lists;
  private final PairTokenizer tokenizer;
  private final int queriesPerStep;
  private final int documentsPerQuery;
  private final long seed;
  private final PassOrder order;

  Examples(
      List<TrainingList> lists,
      PairTokenizer tokenizer,
      int queriesPerStep,
      int documentsPerQuery,
      long seed) {
    this.lists = lists;
    this.tokenizer = tokenizer;
    this.queriesPerStep = queriesPerStep;
    this.documentsPerQuery = documentsPerQuery;
    this.seed = seed;
    this.order = new PassOrder(lists.size(), seed);
  }

  /** What a step sees; steps count from 0. */
  List<Example> ofStep(int step) {
    long first = (long) step * queriesPerStep;
    List<Example> examples = new ArrayList<>(queriesPerStep);
    for (long position = first; position < first + queriesPerStep; position++) {
      examples.add(example(lists.get(order.at(position)), position));
    }
    return examples;
  }

  private Example example(TrainingList list, long position) {
    List<Integer> columns = columns(list, position);
    List<Candidate> kept = columns.stream().map(list.candidates()::get).toList();
    List<Double> teacher = list.teacherScores();
    return new Example(
        list.source()
            + " query "
            + list.topicId()
            + " with documents "
            + kept.stream().map(Candidate::documentId).toList(),
        tokenizer.pairs(
            tokenizer.query(list.query()), kept.stream().map(Candidate::passage).toList()),
        new ListTargets(
            columns.stream().map(list.grades()::get).toList(),
            teacher == null ? null : columns.stream().map(teacher::get).toList()));
  }

  private List<Integer> columns(TrainingList list, long position) {
    List<Integer> others =
        new ArrayList<>(
            IntStream.range(0, list.candidates().size())
                .filter(column -> column != list.positiveColumn())
                .boxed()
                .toList());
    if (others.size() >= documentsPerQuery) {
      Collections.shuffle(others, new Random(~Seeds.of(seed, position)));
      others = withNegative(list, others, documentsPerQuery - 1);
    }
    List<Integer> columns = new ArrayList<>(List.of(list.positiveColumn()));
    columns.addAll(others);
    return columns;
  }

  /** The first so many; where they are all relevant, the last gives way to one that is not. */
  private static List<Integer> withNegative(TrainingList list, List<Integer> drawn, int count) {
    List<Integer> kept = new ArrayList<>(drawn.subList(0, count));
    if (kept.stream().allMatch(column -> isRelevant(list, column))) {
      drawn.stream()
          .filter(column -> !isRelevant(list, column))
          .findFirst()
          .ifPresent(negative -> kept.set(count - 1, negative));
    }
    return kept;
  }

  private static boolean isRelevant(TrainingList list, int column) {
    return list.grades().get(column) >= 1;
  }
}
