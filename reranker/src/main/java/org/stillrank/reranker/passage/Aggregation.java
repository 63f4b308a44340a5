/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.passage;

import java.util.Arrays;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * How the logits of a text's passages become its logit.
 *
 * @param kind the rule
 * @param topK how many of the best {@link Kind#TOP_K_MEAN} averages; the others ignore it
 */
public record Aggregation(Kind kind, int topK) {
  /** The rules. */
  public enum Kind {
    /** The best passage's. */
    MAX,
    /** That of the first one that is scored. */
    FIRST,
    /** The mean. */
    MEAN,
    /** The mean of the best ones, of all when there are fewer. */
    TOP_K_MEAN
  }

  /**
   * @throws InvalidInputException when a mean is over no passage
   */
  public Aggregation {
    if (topK < 1) {
      throw new InvalidInputException("[top_k] is [" + topK + "]; give 1 or more");
    }
  }

  /** The best passage's. */
  public static Aggregation max() {
    return new Aggregation(Kind.MAX, 1);
  }

  /**
   * Of one text.
   *
   * @param logits of its passages in the order of the text, at least one
   */
  public float of(float... logits) {
    return switch (kind) {
      case MAX -> logits[best(logits)];
      case FIRST -> logits[0];
      case MEAN -> mean(logits, logits.length);
      case TOP_K_MEAN -> mean(logits, Math.min(topK, logits.length));
    };
  }

  /**
   * Index of the passage that counts most: the first, or else the best, of equal ones the earlier.
   */
  public int winner(float... logits) {
    return kind == Kind.FIRST ? 0 : best(logits);
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static float mean(float[] logits, int count) {
    float[] ascending = logits.clone();
    Arrays.sort(ascending);
    double sum = 0;
    for (int i = ascending.length - count; i < ascending.length; i++) {
      sum += ascending[i];
    }
    return (float) (sum / count);
  }
}
