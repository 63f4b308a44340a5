/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.objective;

/** What an objective needs to know about a query's documents. */
public enum Requirement {
  /** Which document is the relevant one. */
  POSITIVE,
  /** A teacher's score for every document. */
  TEACHER_SCORES
}
