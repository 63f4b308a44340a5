/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.measure;

/** The lowest grade that a measure of binary relevance takes for relevant, 1 or more. */
record MinGrade(int value) {
  /** Whether a judged or unjudged document of this grade counts as relevant. */
  boolean admits(int grade) {
    return grade >= value;
  }

  /** What stands behind the measure's name: {@code (rel=2)}, nothing for the usual 1. */
  String suffix() {
    return value == 1 ? "" : "(rel=" + value + ")";
  }
}
