/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.ObjectiveTerm;
import org.stillrank.trainer.objective.Discount;
import org.stillrank.trainer.objective.ListTargets;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.Requirement;
import org.stillrank.trainer.objective.Targets;

/**
 * Reads cases from JSON: {@code {"cases": [{"objective": "InfoNCE", "scores": [[...]], "loss": 1.5,
 * "gradient": [[...]]}]}}. A row is a query, and rows may differ in length. A case also has {@code
 * teacher_scores} and {@code grades}, shaped as the scores, where its objective takes them (without
 * grades the column {@code positive_column}, 0 when absent, is the only positive), the options of
 * {@link ObjectiveTerm}, and a {@code note} for people. Objectives and discounts are named as in
 * configs, where neither case nor dashes matter.
 */
public final class ObjectiveCases {
  private ObjectiveCases() {}

  /**
   * Reads all cases of a file, of which there is at least one.
   *
   * @throws InvalidInputException naming the file, the case and the field that cannot be used
   */
  public static List<ObjectiveCase> read(Path file) {
    return FixtureFields.of(file).cases("cases").stream().map(ObjectiveCases::read).toList();
  }

  private static ObjectiveCase read(FixtureFields fields) {
    List<List<Double>> scores = fields.rows("scores");
    Objective objective = objective(fields);
    Targets targets = new Targets(lists(fields, scores));
    for (Requirement each : objective.requirements()) {
      if (!targets.lists().stream().allMatch(each::isMetBy)) {
        throw fields.wrong("[" + objective.name() + "] is given a list that has " + each.lack());
      }
    }
    String note = fields.text("note");
    return new ObjectiveCase(
        fields.text("objective") + fields.place() + (note.isEmpty() ? "" : ": " + note),
        objective,
        targets,
        scores,
        new ObjectiveCase.Result(fields.number("loss"), fields.rowsLike("scores", "gradient")));
  }

  private static Objective objective(FixtureFields fields) {
    ObjectiveTerm.Kind kind = fields.constant("objective", ObjectiveTerm.Kind.class);
    Double temperature = fields.optionalNumber("temperature");
    Double margin = fields.optionalNumber("margin");
    Discount discount = fields.has("discount") ? fields.constant("discount", Discount.class) : null;
    Integer highestGrade = fields.optionalInteger("highest_grade");
    try {
      return new ObjectiveTerm(kind, 1, temperature, margin, discount, highestGrade).objective();
    } catch (InvalidInputException e) {
      throw fields.wrong(e.getMessage());
    }
  }

  private static List<ListTargets> lists(FixtureFields fields, List<List<Double>> scores) {
    List<List<Double>> grades = fields.has("grades") ? fields.rowsLike("scores", "grades") : null;
    List<List<Double>> teacher =
        fields.has("teacher_scores") ? fields.rowsLike("scores", "teacher_scores") : null;
    Integer given = fields.optionalInteger("positive_column");
    int positive = given == null ? 0 : given;
    List<ListTargets> lists = new ArrayList<>();
    for (int query = 0; query < scores.size(); query++) {
      lists.add(
          new ListTargets(
              grades == null
                  ? onlyPositive(positive, scores.get(query).size())
                  : grades.get(query).stream().map(Double::intValue).toList(),
              teacher == null ? null : teacher.get(query)));
    }
    return lists;
  }

  private static List<Integer> onlyPositive(int column, int documents) {
    return IntStream.range(0, documents).mapToObj(i -> i == column ? 1 : 0).toList();
  }
}
