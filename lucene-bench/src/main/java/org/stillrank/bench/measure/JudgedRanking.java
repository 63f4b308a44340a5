/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One topic's ranking with the grades of its documents, and the grades it could have had. */
public final class JudgedRanking {
  private final List<OptionalInt> ranked;
  private final Collection<Integer> judged;

  private JudgedRanking(List<OptionalInt> ranked, Collection<Integer> judged) {
    this.ranked = ranked;
    this.judged = judged;
  }

  /**
   * @param documents ids, best first
   * @param grades document → grade of the topic's judgements; negative grades count as unjudged
   */
  public static JudgedRanking of(List<String> documents, Map<String, Integer> grades) {
    return new JudgedRanking(
        documents.stream().map(document -> gradeOf(document, grades)).toList(),
        grades.values().stream().filter(grade -> grade >= 0).toList());
  }

  private static OptionalInt gradeOf(String document, Map<String, Integer> grades) {
    Integer grade = grades.get(document);
    return grade == null || grade < 0 ? OptionalInt.empty() : OptionalInt.of(grade);
  }

  /** How many documents were found. */
  int depth() {
    return ranked.size();
  }

  /** The grade at an index from 0; empty when nobody judged the document. */
  OptionalInt gradeAt(int index) {
    return ranked.get(index);
  }

  boolean relevantAt(int index, MinGrade minGrade) {
    OptionalInt grade = ranked.get(index);
    return grade.isPresent() && minGrade.admits(grade.getAsInt());
  }

  /** How many of the documents within the cut-off are relevant. */
  int relevantFound(Cutoff cutoff, MinGrade minGrade) {
    int found = 0;
    for (int i = 0; i < cutoff.within(depth()); i++) {
      if (relevantAt(i, minGrade)) {
        found++;
      }
    }
    return found;
  }

  /** How many relevant documents the judgements name, found or not. */
  int relevant(MinGrade minGrade) {
    return (int) judged.stream().filter(minGrade::admits).count();
  }

  /** How many documents were judged and are not relevant, found or not. */
  int nonRelevant(MinGrade minGrade) {
    return judged.size() - relevant(minGrade);
  }

  /** The judged grades, best first. */
  List<Integer> idealGrades() {
    return judged.stream().sorted(Comparator.reverseOrder()).toList();
  }
}
