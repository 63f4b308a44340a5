/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.cluster;

import org.stillrank.reranker.bundle.ModelBundle;
import org.stillrank.reranker.passage.Passages;

/**
 * What a server is asked to do with the hits of a search.
 *
 * @param model its folder in the server
 * @param window hits that are scored
 * @param passages which parts of their texts
 */
public record Reranking(String model, int window, Passages passages) {
  /** With the server's copy of a model. */
  public static Reranking with(ModelBundle model, int window, Passages passages) {
    return new Reranking(ServedModel.serverId(model), window, passages);
  }

  /** The beginnings of their texts. */
  public static Reranking ofBeginnings(String model, int window) {
    return new Reranking(model, window, Passages.beginning());
  }
}
