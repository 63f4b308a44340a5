/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.tokenization.PairLimits;
import org.stillrank.reranker.tokenization.PairTokenizer;
import org.stillrank.reranker.tokenization.TokenPair;

/**
 * Real queries with their best BM25 hits, tokenised, as steps see them.
 *
 * @param name of the texts
 * @param steps the pairs of each step, the hits of a query one behind the other
 */
record RealPairs(String name, List<List<TokenPair>> steps) {
  /** Tokens that a query keeps, as in the paper's models. */
  private static final int QUERY_TOKENS = 64;

  /**
   * @param workload of {@link StepShape#LIST} hits for each query
   * @throws InvalidInputException when the queries with so many hits do not fill a step
   */
  static RealPairs of(SpeedWorkload workload, Path tokenizerJson, StepShape shape)
      throws IOException {
    int queryTokens = Math.min(QUERY_TOKENS, shape.tokens() / 2);
    List<List<TokenPair>> steps = new ArrayList<>();
    List<TokenPair> step = new ArrayList<>();
    try (PairTokenizer tokenizer =
        PairTokenizer.open(tokenizerJson, new PairLimits(shape.tokens(), queryTokens))) {
      for (SpeedWorkload.Request request : workload.requests()) {
        if (request.passages().size() == StepShape.LIST) {
          step.addAll(tokenizer.pairs(tokenizer.query(request.query()), request.passages()));
        }
        if (step.size() == shape.pairs()) {
          steps.add(List.copyOf(step));
          step.clear();
        }
      }
    }
    if (steps.isEmpty()) {
      throw new InvalidInputException(
          "["
              + workload.name()
              + "] has fewer than ["
              + shape.queries()
              + "] queries with ["
              + StepShape.LIST
              + "] hits, which a step of ["
              + shape.pairs()
              + "] pairs takes; make steps smaller, or take another split");
    }
    return new RealPairs(workload.name(), steps);
  }

  /** What the step of a round sees; after the last step comes the first. */
  List<TokenPair> ofRound(int round) {
    return steps.get(round % steps.size());
  }
}
