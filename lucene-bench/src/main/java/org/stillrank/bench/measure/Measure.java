/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * A number between 0 and 1 for one topic's ranking, higher is better. Names are those of
 * ir-measures, values those of trec_eval.
 */
public sealed interface Measure
    permits NormalizedGain,
        AveragePrecision,
        ReciprocalRank,
        Precision,
        Recall,
        Success,
        RPrecision,
        BinaryPreference {
  /** The name under which {@link #parse} finds this measure again, such as {@code RR(rel=2)@10}. */
  String name();

  /** The measure of one topic; 0 when the topic has no relevant document or nothing was found. */
  double of(JudgedRanking ranking);

  /**
   * The measure of a name: {@code nDCG}, {@code nDCG@10}, {@code AP}, {@code AP@100}, {@code RR},
   * {@code RR(rel=2)@10}, {@code P@5}, {@code R@100}, {@code Success@1}, {@code Rprec}, {@code
   * Bpref}.
   *
   * @throws InvalidInputException with the valid names
   */
  static Measure parse(String name) {
    return MeasureName.parse(name);
  }

  /**
   * The measures of names between commas, in their order.
   *
   * @throws InvalidInputException for an unknown name, and for one given twice
   */
  static List<Measure> parseList(String names) {
    return MeasureName.parseList(names);
  }
}
