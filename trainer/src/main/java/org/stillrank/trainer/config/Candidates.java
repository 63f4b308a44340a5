/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

/**
 * Where the negatives of a list come from.
 *
 * @param depth top documents of each retriever (BM25 and every bi-encoder) that may be drawn
 * @param negatives documents drawn for each list beside the relevant one
 * @param hardest how strongly drawing prefers the first ranks: a document at rank r is drawn with
 *     weight {@code r^-hardest}; 0 draws evenly
 * @param falseNegativeMargin a document whose teacher score is above the relevant one's by more
 *     than this is taken for unjudged relevant and dropped; 0 drops every one above
 */
public record Candidates(int depth, int negatives, double hardest, double falseNegativeMargin) {
  public Candidates {
    Bound.atLeast("depth", depth, 1);
    Bound.atLeast("negatives", negatives, 1);
    Bound.notNegative("hardest", hardest);
    Bound.notNegative("false_negative_margin", falseNegativeMargin);
  }
}
