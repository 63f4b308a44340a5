/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.objective.AdrMse;
import org.stillrank.trainer.objective.Bce;
import org.stillrank.trainer.objective.Bixse;
import org.stillrank.trainer.objective.Discount;
import org.stillrank.trainer.objective.DistillRankNet;
import org.stillrank.trainer.objective.Hinge;
import org.stillrank.trainer.objective.InfoNce;
import org.stillrank.trainer.objective.MarginMse;
import org.stillrank.trainer.objective.Objective;
import org.stillrank.trainer.objective.PlackettLuce;
import org.stillrank.trainer.objective.Relevance;

/**
 * One term of the loss. An option that is null has the value of the paper.
 *
 * @param kind which objective
 * @param weight factor of its loss
 * @param temperature divides or multiplies scores, as the objective says; 1 when null
 * @param margin of {@code hinge}; 1 when null
 * @param discount of {@code adr-mse}; log2 when null
 * @param highestGrade of {@code bixse}: grades are divided by it; when null, the teacher's scores
 *     are the targets instead
 */
public record ObjectiveTerm(
    Kind kind,
    double weight,
    @Nullable Double temperature,
    @Nullable Double margin,
    @Nullable Discount discount,
    @Nullable Integer highestGrade) {

  private enum Option {
    TEMPERATURE,
    MARGIN,
    DISCOUNT,
    HIGHEST_GRADE
  }

  /** The objectives that can be asked for, spelled in YAML in lower case with dashes. */
  public enum Kind {
    BCE,
    HINGE(Option.MARGIN),
    INFONCE(Option.TEMPERATURE),
    MARGIN_MSE,
    DISTILL_RANKNET(Option.TEMPERATURE),
    ADR_MSE(Option.TEMPERATURE, Option.DISCOUNT),
    PLD,
    BIXSE(Option.TEMPERATURE, Option.HIGHEST_GRADE);

    private final Set<Option> options;

    Kind(Option... options) {
      this.options = Set.of(options);
    }

    /** As it is written in YAML. */
    public String spelled() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ObjectiveTerm {
    Bound.positive("weight", weight);
    if (temperature != null) {
      requireOption(Option.TEMPERATURE, kind);
      Bound.positive("temperature", temperature);
    }
    if (margin != null) {
      requireOption(Option.MARGIN, kind);
      Bound.positive("margin", margin);
    }
    if (discount != null) {
      requireOption(Option.DISCOUNT, kind);
    }
    if (highestGrade != null) {
      requireOption(Option.HIGHEST_GRADE, kind);
      Bound.atLeast("highest_grade", highestGrade, 1);
      if (temperature != null) {
        throw new InvalidInputException(
            "[temperature] is of the teacher's scores, and [highest_grade] takes grades instead;"
                + " remove one of them");
      }
    }
  }

  private static void requireOption(Option option, Kind kind) {
    if (!kind.options.contains(option)) {
      List<String> takers =
          Arrays.stream(Kind.values())
              .filter(each -> each.options.contains(option))
              .map(Kind::spelled)
              .toList();
      throw new InvalidInputException(
          "["
              + option.name().toLowerCase(Locale.ROOT)
              + "] is only for kind "
              + String.join(", ", takers)
              + ", not for ["
              + kind.spelled()
              + "]; remove it");
    }
  }

  /** The objective, without its weight. */
  public Objective objective() {
    double scale = Objects.requireNonNullElse(temperature, 1.0);
    return switch (kind) {
      case BCE -> new Bce();
      case HINGE -> new Hinge(Objects.requireNonNullElse(margin, 1.0));
      case INFONCE -> new InfoNce(scale);
      case MARGIN_MSE -> new MarginMse();
      case DISTILL_RANKNET -> new DistillRankNet(scale);
      case ADR_MSE -> new AdrMse(scale, Objects.requireNonNullElse(discount, Discount.LOG2));
      case PLD -> new PlackettLuce();
      case BIXSE ->
          new Bixse(
              highestGrade == null
                  ? new Relevance.OfTeacher(scale)
                  : new Relevance.OfGrade(highestGrade));
    };
  }
}
