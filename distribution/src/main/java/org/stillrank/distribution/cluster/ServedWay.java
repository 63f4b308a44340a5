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
  RETRIEVER("cross_encoder retriever");

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
   * @param model its folder in the server
   * @param window hits that are scored
   */
  public ObjectNode reranked(ObjectNode body, String model, String query, int window) {
    return switch (this) {
      case CLAUSE -> SearchBody.reranked(body, model, query, window);
      case CLAUSE_ON_TOKENS -> SearchBody.rerankedOnTokens(body, model, query, window);
      case RETRIEVER -> SearchBody.retrieved(body, model, query, window);
    };
  }
}
