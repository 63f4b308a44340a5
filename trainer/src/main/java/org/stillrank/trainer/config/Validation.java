/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.config;

import org.jspecify.annotations.Nullable;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * Queries held out of a judged source; their BM25 candidates are reranked to choose the checkpoint.
 *
 * @param collection the collection of the judged source they are taken from
 * @param split its split
 * @param queries how many at least; queries that share a relevant document stay together
 * @param depth BM25 candidates of each query
 * @param every optimiser steps between validations
 * @param measure such as {@code nDCG@10}
 * @param patience validations without gain after which training ends; all steps when not given
 */
public record Validation(
    String collection,
    String split,
    int queries,
    int depth,
    int every,
    String measure,
    @Nullable Integer patience) {
  public Validation {
    Bound.atLeast("queries", queries, 1);
    Bound.atLeast("depth", depth, 2);
    Bound.atLeast("every", every, 1);
    if (patience != null) {
      Bound.atLeast("patience", patience, 1);
    }
    if (measure.isBlank()) {
      throw new InvalidInputException("[measure] is empty; name one, such as nDCG@10");
    }
  }
}
