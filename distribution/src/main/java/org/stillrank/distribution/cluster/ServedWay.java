/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import tools.jackson.databind.node.ObjectNode;

/** How a server is asked to rerank. */
public enum ServedWay {
  /** The {@code rescore} clause, which reads texts out of {@code _source}. */
  CLAUSE("rescore clause"),
  /** The same on token ids that were made when the documents were indexed. */
  CLAUSE_ON_TOKENS("rescore clause on token ids"),
  /** The {@code cross_encoder} retriever. */
  RETRIEVER("cross_encoder retriever"),
  /** The same on token ids. */
  RETRIEVER_ON_TOKENS("cross_encoder retriever on token ids");

  private final String words;

  ServedWay(String words) {
    this.words = words;
  }

  /** What tables call it. */
  public String words() {
    return words;
  }

  /**
   * Makes a search rerank.
   *
   * @param body with a {@code query} and {@code size}; changed
   */
  public ObjectNode reranked(ObjectNode body, Reranking how, String query) {
    return switch (this) {
      case CLAUSE -> SearchBody.reranked(body, how, query);
      case CLAUSE_ON_TOKENS -> SearchBody.rerankedOnTokens(body, how, query);
      case RETRIEVER -> SearchBody.retrieved(body, how, query);
      case RETRIEVER_ON_TOKENS -> SearchBody.retrievedOnTokens(body, how, query);
    };
  }
}
