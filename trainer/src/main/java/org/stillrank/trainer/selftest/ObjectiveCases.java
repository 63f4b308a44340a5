/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.selftest;

import java.io.IOException;
import java.nio.file.Files;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
  public static List<ObjectiveCase> read(Path file) throws IOException {
    JsonNode cases = tree(file).path("cases");
    if (!cases.isArray() || cases.isEmpty()) {
      throw new InvalidInputException(
          "[" + file + "] has no [cases]; name a fixture of objectives, such as objectives.json");
    }
    return IntStream.range(0, cases.size())
        .mapToObj(i -> read(new CaseFields(file, i + 1, cases.get(i))))
        .toList();
  }

  private static JsonNode tree(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "[" + file + "] is no file; name a fixture of objectives, such as objectives.json");
    }
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "[" + file + "] is no JSON: " + e.getOriginalMessage() + "; fetch it again", e);
    }
  }

  private static ObjectiveCase read(CaseFields fields) {
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
        fields.text("objective") + " " + fields.number() + (note.isEmpty() ? "" : ": " + note),
        objective,
        targets,
        scores,
        new ObjectiveCase.Result(fields.number("loss"), fields.rowsLike(scores, "gradient")));
  }

  private static Objective objective(CaseFields fields) {
    ObjectiveTerm.Kind kind = fields.constant("objective", ObjectiveTerm.Kind.class);
    Double temperature = fields.optionalNumber("temperature");
    Double margin = fields.optionalNumber("margin");
    Discount discount =
        fields.node().has("discount") ? fields.constant("discount", Discount.class) : null;
    Integer highestGrade = fields.optionalInteger("highest_grade");
    try {
      return new ObjectiveTerm(kind, 1, temperature, margin, discount, highestGrade).objective();
    } catch (InvalidInputException e) {
      throw fields.wrong(e.getMessage());
    }
  }

  private static List<ListTargets> lists(CaseFields fields, List<List<Double>> scores) {
    List<List<Double>> grades =
        fields.node().has("grades") ? fields.rowsLike(scores, "grades") : null;
    List<List<Double>> teacher =
        fields.node().has("teacher_scores") ? fields.rowsLike(scores, "teacher_scores") : null;
    int positive = fields.node().path("positive_column").asInt(0);
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
