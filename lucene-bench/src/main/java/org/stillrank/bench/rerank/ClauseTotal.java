/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.scale.RelevanceScale;

/**
 * What the Elasticsearch clause makes of a model and a first stage with a {@code score_mode} that
 * adds. First-stage scores below 0 count as 0. A hit without text has a score of the model here, of
 * an empty text; the clause does not ask it.
 *
 * @param queryWeight of the first stage, the clause's {@code query_weight}; 0 is the model alone
 */
public record ClauseTotal(Mode mode, double queryWeight) implements Blend {
  /** A {@code score_mode} that adds. */
  public enum Mode {
    /**
     * To the score on {@link RelevanceScale}: what the model finds irrelevant is next to 0 there,
     * so the first stage orders it; what it finds relevant is whole logits apart.
     */
    TOTAL {
      @Override
      double score(float logit) {
        return RelevanceScale.ofLogit(logit);
      }
    },
    /** To the logit: the first stage weighs the same everywhere. */
    LOGIT_TOTAL {
      @Override
      double score(float logit) {
        return logit;
      }
    };

    abstract double score(float logit);

    /** As it is spelled in a clause. */
    public String spelled() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as they are spelled. */
    public static List<String> spellings() {
      return Arrays.stream(values()).map(Mode::spelled).toList();
    }

    /**
     * @throws InvalidInputException when it is none
     */
    public static Mode of(String spelled) {
      int index = spellings().indexOf(spelled);
      if (index < 0) {
        throw new InvalidInputException(
            "--score-mode [" + spelled + "]: give one of " + spellings());
      }
      return values()[index];
    }
  }

  /**
   * @throws InvalidInputException when a clause would not take the weight
   */
  public ClauseTotal {
    if (!(queryWeight >= 0 && queryWeight <= Float.MAX_VALUE)) {
      throw new InvalidInputException("--query-weight [" + queryWeight + "]: give 0 or more");
    }
  }

  @Override
  public double[] of(double[] logits, double[] firstStage) {
    double[] totals = new double[logits.length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = mode.score((float) logits[i]) + queryWeight * Math.max(firstStage[i], 0);
    }
    return totals;
  }

  @Override
  public String named(String model, String firstStage) {
    return mode.spelled() + "(" + model + "," + queryWeight + "x" + firstStage + ")";
  }
}
