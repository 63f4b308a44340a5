/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.training;

import java.util.List;
import org.stillrank.reranker.tokenization.TokenPair;
import org.stillrank.trainer.objective.ListTargets;

/**
 * A training list as the encoder reads it, its first candidate first.
 *
 * @param name source, topic and document ids, for messages
 * @param pairs the query with each document
 * @param targets what is known about these documents
 */
record Example(String name, List<TokenPair> pairs, ListTargets targets) {
  Example {
    pairs = List.copyOf(pairs);
    if (pairs.size() != targets.documents()) {
      throw new IllegalArgumentException(
          pairs.size() + " pairs with targets for " + targets.documents());
    }
  }
}
