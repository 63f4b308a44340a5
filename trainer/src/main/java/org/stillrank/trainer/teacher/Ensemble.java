/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.teacher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.example.TrainingList;

/**
 * The weighted sum of teachers. The weights also set the scale of the margins that the student
 * imitates, which must be that of its logits: a cosine gets 10 to 30.
 *
 * @param members at least one
 */
public record Ensemble(List<Member> members) implements Teacher {

  /**
   * @param weight factor of the teacher's scores
   */
  public record Member(Teacher teacher, double weight) {}

  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("no teacher");
    }
  }

  @Override
  public String description() {
    return members.stream()
        .map(member -> member.weight() + " x " + member.teacher().description())
        .collect(Collectors.joining(" + "));
  }

  /** A score is unknown where one member's is. */
  @Override
  public List<List<@Nullable Double>> scores(List<TrainingList> lists) throws IOException {
    List<List<@Nullable Double>> sums = new ArrayList<>();
    for (Member member : members) {
      List<List<@Nullable Double>> scores = member.teacher().scores(lists);
      for (int i = 0; i < lists.size(); i++) {
        checkFinite(member, lists.get(i), scores.get(i));
        if (i == sums.size()) {
          sums.add(sum(null, scores.get(i), member.weight()));
        } else {
          sums.set(i, sum(sums.get(i), scores.get(i), member.weight()));
        }
      }
    }
    return sums;
  }

  private static List<@Nullable Double> sum(
      @Nullable List<@Nullable Double> before, List<@Nullable Double> scores, double weight) {
    List<@Nullable Double> sums = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Double score = scores.get(i);
      Double sum = before == null ? Double.valueOf(0) : before.get(i);
      sums.add(score == null || sum == null ? null : Double.valueOf(sum + weight * score));
    }
    return sums;
  }

  private static void checkFinite(Member member, TrainingList list, List<@Nullable Double> scores) {
    for (int i = 0; i < scores.size(); i++) {
      Double score = scores.get(i);
      if (score != null && !Double.isFinite(score)) {
        throw new InvalidInputException(
            "the teacher ["
                + member.teacher().description()
                + "] scores the document ["
                + list.candidates().get(i).documentId()
                + "] of the query ["
                + list.topicId()
                + "] with ["
                + score
                + "]; repair or remove this teacher");
      }
    }
  }
}
