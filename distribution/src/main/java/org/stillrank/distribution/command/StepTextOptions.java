/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution.command;

import java.io.IOException;
import java.nio.file.Path;
import org.stillrank.bench.collection.BeirCollection;
import org.stillrank.bench.progress.Progress;
import org.stillrank.bench.speed.SpeedWorkload;
import org.stillrank.reranker.bundle.BundleManifest;
import org.stillrank.trainer.benchmark.StepShape;
import picocli.CommandLine.Option;

/** Real texts for benchmarked steps. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StepTextOptions {
  @Option(
      names = "--texts",
      paramLabel = "DIR",
      required = true,
      description =
          "A BEIR folder: steps over its queries with BM25's first 8 hits, in length groups against"
              + " padding to the longest. Tokenised as the shipped bundles do, or as the model's folder does.")
  private Path texts;

  @Option(
      names = "--split",
      description = "Where queries come from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "test")
  private String split;

  @Option(
      names = "--index-home",
      paramLabel = "DIR",
      description = "Folder of kept BM25 indexes. Default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:user.home}/.cache/stillrank/indexes")
  private Path indexHome;

  SpeedWorkload workload(int queries, Progress.Display display) throws IOException {
    return SpeedWorkload.of(
        BeirCollection.open(texts),
        split,
        queries,
        StepShape.LIST,
        BundleManifest.DEFAULT_SEPARATOR,
        indexHome,
        display);
  }
}
