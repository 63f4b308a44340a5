/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.stillrank.reranker.input.InvalidInputException;

/**
 * Passages of a source that are shown in part, so that the student learns what it meets when it
 * serves: catalogues, where many documents are a title only, and long texts, read in windows. Its
 * teachers score what is shown.
 *
 * @param titles share of the passages that are their title alone; one without a title before its
 *     text is shown in a window instead
 * @param windows share of the passages that are one window, that which has most of the query
 * @param words of a window, its lead included
 * @param lead words of the passage's beginning, such as its title, that stand before the window
 */
public record Excerpts(double titles, double windows, int words, int lead) {
  public Excerpts {
    Bound.share("titles", titles);
    Bound.share("windows", windows);
    if (titles + windows > 1) {
      throw new InvalidInputException(
          "[titles] of ["
              + titles
              + "] and [windows] of ["
              + windows
              + "] are more than 1 together");
    }
    Bound.atLeast("lead", lead, 0);
    Bound.atLeast("words", words, lead + 1L);
  }
}
