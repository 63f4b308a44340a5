/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.rescore;

import java.util.List;
import java.util.stream.Stream;
import org.stillrank.reranker.passage.PassageOptions;

/** What happens to hits whose token ids are missing, or are of another model. */
public enum WithoutTokens {
  /** The search fails and says what to do. */
  FAIL,
  /** Their texts are read from {@code _source} and tokenised now. */
  SOURCE;

  /** As requests spell them, in their order. */
  static List<String> spellings() {
    return Stream.of(values()).map(PassageOptions::spelled).toList();
  }
}
