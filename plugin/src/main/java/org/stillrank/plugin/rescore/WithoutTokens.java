/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

/** What happens to hits whose token ids are missing, or are of another model. */
public enum WithoutTokens {
  /** The search fails and says what to do. */
  FAIL,
  /** Their texts are read from {@code _source} and tokenised now. */
  SOURCE
}
