/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.bench.comparison.ComparisonSettings;
import org.stillrank.bench.experiment.CandidateScorer;
import org.stillrank.bench.experiment.ExperimentSettings;
import org.stillrank.bench.measure.Measure;
import org.stillrank.bench.rerank.Blend;
import picocli.CommandLine.Option;

/** Options of every command that retrieves candidates. */
final class FirstStageOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv.")
  Path data;

  @Option(
      names = "--hits",
      description = "Hits of the first stage for each query.",
      defaultValue = "1000")
  int hits;

  @Option(
      names = "--depth",
      description = "How many of them a model reorders.",
      defaultValue = "100")
  int depth;

  @Option(
      names = "--first-stage",
      paramLabel = "RUN",
      description = "A TREC run file (may be gzip) in place of BM25.")
  @Nullable Path run;

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      description = "Where indexes are kept and found again.",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes")
  Path indexHome;

  /** Whether a run takes BM25's place. */
  boolean isGiven() {
    return run != null;
  }

  /** What a command does with them. */
  ExperimentSettings settings(
      String split,
      List<CandidateScorer> models,
      List<Blend> blends,
      List<Measure> measures,
      ComparisonSettings comparison) {
    return new ExperimentSettings(
        data, split, hits, depth, models, blends, run, measures, comparison, indexHome);
  }
}
