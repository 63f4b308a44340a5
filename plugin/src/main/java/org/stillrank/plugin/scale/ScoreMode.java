/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.stillrank.reranker.scale.RelevanceScale;

/** How a first-stage score and what a model says, each times its weight, make one score. */
public enum ScoreMode {
  REPLACE {
    @Override
    double combine(double first, double second) {
      return second;
    }
  },
  TOTAL {
    @Override
    double combine(double first, double second) {
      return first + second;
    }
  },
  MULTIPLY {
    @Override
    double combine(double first, double second) {
      return first * second;
    }
  },
  AVG {
    @Override
    double combine(double first, double second) {
      return (first + second) / 2;
    }
  },
  MAX {
    @Override
    double combine(double first, double second) {
      return Math.max(first, second);
    }
  },
  MIN {
    @Override
    double combine(double first, double second) {
      return Math.min(first, second);
    }
  },
  /** The model says its logit; the sum is put on the scale in the logit's place. */
  LOGIT_TOTAL {
    @Override
    double second(float logit) {
      return logit;
    }

    @Override
    double combine(double first, double second) {
      return first + second;
    }

    @Override
    double score(double combined) {
      return RelevanceScale.ofLogit((float) combined);
    }

    @Override
    double withoutText(double first) {
      return RelevanceScale.WITHOUT_TEXT;
    }
  };

  /** What the model says of a text, before its weight. */
  double second(float logit) {
    return RelevanceScale.ofLogit(logit);
  }

  abstract double combine(double first, double second);

  double score(double combined) {
    return combined;
  }

  /** The score of a hit of which the model says nothing. */
  double withoutText(double first) {
    return score(combine(first, RelevanceScale.WITHOUT_TEXT));
  }

  /** As it is spelled in a clause. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, as they are spelled. */
  public static List<String> spellings() {
    return Arrays.stream(values()).map(ScoreMode::spelled).toList();
  }
}
