/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.stillrank.reranker.scale.RelevanceScale;

/** How a first-stage score and a reranked one, each times its weight, make one. */
public enum ScoreMode {
  REPLACE {
    @Override
    float combine(float first, float second) {
      return second;
    }
  },
  TOTAL {
    @Override
    float combine(float first, float second) {
      return first + second;
    }
  },
  MULTIPLY {
    @Override
    float combine(float first, float second) {
      return first * second;
    }
  },
  AVG {
    @Override
    float combine(float first, float second) {
      return (first + second) / 2;
    }
  },
  MAX {
    @Override
    float combine(float first, float second) {
      return Math.max(first, second);
    }
  },
  MIN {
    @Override
    float combine(float first, float second) {
      return Math.min(first, second);
    }
  },
  /** The sum of the first stage and the logit, put on the scale as a logit is. */
  LOGIT_TOTAL {
    @Override
    float combine(float first, float logit) {
      return RelevanceScale.ofLogit(first + logit);
    }

    @Override
    float combine(float first, float rescored, float weight) {
      return rescored == RelevanceScale.WITHOUT_TEXT
          ? RelevanceScale.WITHOUT_TEXT
          : combine(first, weight * RelevanceScale.logitOf(rescored));
    }
  };

  abstract float combine(float first, float second);

  /**
   * @param first the first stage's score, times its weight
   * @param rescored the model's on {@link RelevanceScale}
   */
  float combine(float first, float rescored, float weight) {
    return combine(first, weight * rescored);
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
