/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.stillrank.bench.run.ScoredDocument;

/**
 * The order in which trec_eval sees a ranking, whatever order or ranks it was written with: by
 * score as a 32-bit float, higher first; equal scores by the bytes of the document id, greater
 * first ({@code form_res_rels.c} of trec_eval 9.0.4).
 */
final class TrecOrder {
  private static final Comparator<ScoredDocument> BEST_FIRST =
      Comparator.comparingDouble(TrecOrder::scoreAsRead)
          .thenComparing(
              document -> document.docId().getBytes(StandardCharsets.UTF_8),
              Arrays::compareUnsigned)
          .reversed();

  private TrecOrder() {}

  /** The document ids, best first. */
  static List<String> of(List<ScoredDocument> ranking) {
    return ranking.stream().sorted(BEST_FIRST).map(ScoredDocument::docId).toList();
  }

  /** Adding zero turns -0.0 into 0.0, which C's comparison does not tell apart. */
  private static double scoreAsRead(ScoredDocument document) {
    return (float) document.score() + 0.0;
  }
}
