/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores that say the order by themselves, after printing to six decimals and reading back in
 * single precision: trec_eval sorts by such scores, and equal ones by document id.
 */
public final class StrictOrder {
  private static final double PER_UNIT = 1e6;

  private StrictOrder() {}

  /** The same hits in the same order, a score lowered where it is not below the one before. */
  public static List<ScoredDocument> of(List<ScoredDocument> ranking) {
    List<ScoredDocument> strict = new ArrayList<>(ranking.size());
    double before = Double.POSITIVE_INFINITY;
    for (ScoredDocument hit : ranking) {
      double score = Math.min(printed(hit.score()), below(before));
      strict.add(new ScoredDocument(hit.docId(), score));
      before = score;
    }
    return strict;
  }

  private static double below(double score) {
    if (score == Double.POSITIVE_INFINITY) {
      return score;
    }
    double step = Math.max(1 / PER_UNIT, 2 * Math.ulp((float) score));
    return printed(score - step);
  }

  private static double printed(double score) {
    return Math.rint(score * PER_UNIT) / PER_UNIT;
  }
}
