/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.nio.file.Path;
import org.stillrank.bench.collection.BeirCollection;
import picocli.CommandLine.Option;

/** Some queries of a collection. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QueryOptions {
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

  BeirCollection collection() {
    return BeirCollection.open(data);
  }

  String split() {
    return split;
  }

  int queries() {
    return queries;
  }
}
