/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import picocli.CommandLine.Option;

/** What every measurement of speed scores. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WorkloadOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "A BEIR folder: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv.")
  private Path data;

  @Option(names = "--split", description = "Where queries come from.", defaultValue = "test")
  private String split;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "How many, spread evenly over the split.",
      defaultValue = "20")
  private int queries;

  @Option(names = "--depth", description = "BM25 hits of each.", defaultValue = "100")
  private int depth;

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      description = "Where indexes are kept and found again.",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes")
  private Path indexHome;

  int depth() {
    return depth;
  }

  SpeedWorkload workload(Progress.Display display) throws IOException {
    return SpeedWorkload.of(BeirCollection.open(data), split, queries, depth, indexHome, display);
  }
}
