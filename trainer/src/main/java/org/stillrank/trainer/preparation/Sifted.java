/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.preparation;

import java.util.ArrayList;
import java.util.List;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.trainer.config.Source;
import org.stillrank.trainer.decontamination.ProtectedQueries;
import org.stillrank.trainer.decontamination.ProtectedQueries.Verdict;
import org.stillrank.trainer.example.Preparation.SourceReport;
import org.stillrank.trainer.source.TrainingQuery;

/**
 * The queries of a source that may be trained on, and why others may not.
 *
 * @param heldOut kept for validation
 * @param equalToTest equal to a test query
 * @param nearTest near a test query
 * @param nearHeldOut equal to or near a validation query, held out or of a folder
 */
record Sifted(
    List<TrainingQuery> kept, int heldOut, int equalToTest, int nearTest, int nearHeldOut) {

  static Sifted of(List<TrainingQuery> queries, ProtectedQueries tests, HeldOut validation) {
    List<TrainingQuery> kept = new ArrayList<>();
    int heldOut = 0;
    int equal = 0;
    int near = 0;
    int nearHeldOut = 0;
    for (TrainingQuery query : queries) {
      Verdict verdict = tests.check(query.text());
      if (verdict == Verdict.EQUAL) {
        equal++;
      } else if (verdict == Verdict.NEAR) {
        near++;
      } else if (validation.contains(query)) {
        heldOut++;
      } else if (validation.near().check(query.text()) != Verdict.CLEAN) {
        nearHeldOut++;
      } else {
        kept.add(query);
      }
    }
    return new Sifted(kept, heldOut, equal, near, nearHeldOut);
  }

  /**
   * @throws InvalidInputException when validation took all that tests left
   */
  void requireSome(Source source) {
    if (kept.isEmpty() && nearHeldOut > 0) {
      throw new InvalidInputException(
          "every query of the source ["
              + source.label()
              + "] equals or resembles one of [validation]; train on other queries, or validate on"
              + " others");
    }
  }

  SourceReport report(Source source, int used, int withoutLists, int lists) {
    int found = kept.size() + heldOut + equalToTest + nearTest + nearHeldOut;
    return new SourceReport(
        source.label(),
        source.licence(),
        found,
        equalToTest,
        nearTest,
        heldOut,
        nearHeldOut,
        used,
        withoutLists,
        lists);
  }
}
