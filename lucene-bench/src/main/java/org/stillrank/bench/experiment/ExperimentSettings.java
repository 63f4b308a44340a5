/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.bench.experiment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.rerank.Blend;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * What a bench run does.
 *
 * @param data folder of the collection
 * @param hits of the first stage for each topic
 * @param depth how many of them a model reorders
 * @param models each reranking the same first stage
 * @param blends with the first stage, reported besides each model alone
 * @param firstStage run file in place of BM25; null for BM25
 * @param indexHome where indexes are kept between runs
 */
public record ExperimentSettings(
    Path data,
    String split,
    int hits,
    int depth,
    List<CandidateScorer> models,
    List<Blend> blends,
    @Nullable Path firstStage,
    List<Measure> measures,
    ComparisonSettings comparison,
    Path indexHome) {
  public ExperimentSettings {
    atLeastOne("hits", hits);
    atLeastOne("depth", depth);
    models = List.copyOf(models);
    blends = List.copyOf(blends);
    measures = List.copyOf(measures);
  }

  private static void atLeastOne(String field, int value) {
    if (value < 1) {
      throw new InvalidInputException(field + " [" + value + "]: give 1 or more");
    }
  }
}
